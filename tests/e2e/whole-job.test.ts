import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest'
import { attachOrStart } from '@/bin/supervise.mjs'
import { reviewAndFreeze } from '@/tests/e2e/review-pairs'
import { makeSubmission, openComparison } from '@/tests/e2e/submit'
import { writeTestFile } from '@/tests/e2e/test-file'
import { train } from '@/tests/e2e/train'
import { cutPassages, readNovels } from '@/tests/e2e/read-and-cut'
import { writePremises } from '@/tests/e2e/write-premises'
import { uploadTestFile, writeStories } from '@/tests/e2e/write-stories'
import { expectAccessible, expectNoSidewaysScrolling, openBrowser, tabTo, type Visit, visit } from '@/tests/support/browser'
import { taughtModel } from '@/tests/support/small-model'

/**
 * The whole job as a person does it, in the browser, on the real thing: PostgreSQL, Valkey, the production build, the
 * worker, vLLM and the trainer, with a model small enough to teach and to ask in seconds.
 */

const ownHome = process.env.MOLIAN_HOME
const stages = ['书稿', '切片', '提要', '样本', '训练', '生成', '提交'] as const
const englishTitles = ['Novels', 'Passages', 'Premises', 'Pairs', 'Training', 'Stories', 'Submissions'] as const

let directory: string
let model: string
let studio: Awaited<ReturnType<typeof attachOrStart>>
let browser: Browser
let origin: string
/** Paths of what the first test has made, for the others to look at. */
let project = ''
let madePages: string[] = []

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'molian-whole-job-'))
  chmodSync(directory, 0o711)
  process.env.MOLIAN_HOME = join(directory, 'home')
  model = await taughtModel()
  studio = await attachOrStart({ web: true, worker: true })
  if (!studio.webUrl) throw new Error('The studio has no address')
  origin = studio.webUrl
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await studio?.stop()
  rmSync(directory, { recursive: true, force: true })
  if (ownHome === undefined) delete process.env.MOLIAN_HOME
  else process.env.MOLIAN_HOME = ownHome
})

/** A visit whose faults fail the test, and whose page is described when the test fails otherwise. */
async function watched(options: Parameters<typeof visit>[2] = {}): Promise<Visit> {
  const opened = await visit(browser, origin, options)
  onTestFailed(async () => {
    const seen = await opened.page.locator('body').innerText({ timeout: 5_000 }).catch(() => '(nothing)')
    console.log(`${opened.page.url()}\n${[...opened.faults, seen].join('\n')}`)
  })
  return opened
}

/** Opens a page and waits for what comes after its first drawing: a run's curve. */
async function openWhole(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  if (/\/training\/./.test(path)) await page.locator('.recharts-line-curve').first().waitFor()
}

test('from two files to submit.json', async () => {
  const { page, faults } = await watched({ viewport: { width: 1440, height: 900 } })
  await page.goto('/')
  await page.getByRole('button', { name: '新建项目' }).click()
  await page.getByLabel('名称').fill('呐喊')
  await expectAccessible(page)
  await page.getByRole('button', { name: '建立' }).click()

  await readNovels(page, resolve('public/samples/train.json'))
  await cutPassages(page, { target: 150, minimum: 80, maximum: 220, limit: 12 })
  await writePremises(page, { model, passages: 12 })
  const pairs = await reviewAndFreeze(page)
  expect(pairs).toBeGreaterThan(1)
  const training = await train(page, { model, steps: 24 })

  const testFile = join(directory, 'test.json')
  writeTestFile(testFile)
  await uploadTestFile(page, testFile)
  const tuned = await writeStories(page, {})
  const first = await makeSubmission(page, { ordinal: 1, directory })
  // The same rows from the untuned model, to put beside the first.
  const untuned = await writeStories(page, { model })
  const second = await makeSubmission(page, { ordinal: 2, directory })
  expect(second.sha256).not.toBe(first.sha256)
  const comparison = await openComparison(page)

  await page.getByRole('link', { name: '墨炼 · 全部项目' }).click()
  await page.getByRole('link', { name: '呐喊' }).click()
  await page.getByText('七个阶段都已走完').waitFor()
  await expectAccessible(page)
  project = new URL(page.url()).pathname
  madePages = [training, tuned, untuned, comparison]
  expect(faults).toEqual([])
})

test('in English and in the dark', async () => {
  expect(project, 'the whole job has made its project').not.toBe('')
  const { page, faults } = await watched({ viewport: { width: 1024, height: 768 } })
  await page.goto(`${project}/novels`)
  await page.getByRole('button', { name: 'EN English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Novels' }).waitFor()
  await page.getByRole('button', { name: 'Theme: as the system' }).click()
  await page.getByRole('button', { name: 'Theme: light' }).click()
  await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  await page.getByRole('link', { name: '药', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '药' }).waitFor()
  await expectAccessible(page)

  for (const title of englishTitles) {
    await page.getByRole('navigation', { name: 'The seven stages' }).getByRole('link', { name: title }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await expectAccessible(page)
  }
  for (const path of ['/', '/jobs', '/models', '/engine', '/settings', ...madePages]) {
    await openWhole(page, path)
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await expectAccessible(page)
  }
  expect(faults).toEqual([])
})

test('on a telephone, and by keyboard alone', async () => {
  expect(project, 'the whole job has made its project').not.toBe('')
  const { page, faults } = await watched({ viewport: { width: 390, height: 844 } })
  await page.goto(project)
  const rail = page.getByRole('navigation', { name: '七个阶段' })
  for (const stage of stages) {
    await tabTo(rail.getByRole('link', { name: new RegExp(`^${stage}`) }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: stage }).waitFor()
    await expectNoSidewaysScrolling(page)
  }
  for (const path of ['/', '/jobs', '/models', '/engine', '/settings', project, ...madePages]) {
    await openWhole(page, path)
    await expectNoSidewaysScrolling(page)
  }
  expect(faults).toEqual([])
})
