import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, figure } from '@/tests/support/browser'

/** Uploads the novels and reads in one of them. */
export async function readNovels(page: Page, file: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: '书稿' }).waitFor()
  await expectAccessible(page)
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: '上传书稿' }).click()])
  await chooser.setFiles(file)
  await page.getByText('已读入').waitFor()
  const novels = page.getByRole('region', { name: '书稿' })
  for (const title of ['药', '故乡', '阿Ｑ正传']) await novels.getByRole('link', { name: title, exact: true }).waitFor()
  expect(await figure(page, '章节').innerText()).toBe('14')
  await expectAccessible(page)

  await novels.getByRole('link', { name: '阿Ｑ正传' }).click()
  await page.getByText('我要给阿Ｑ做正传').waitFor()
  await expectPartsApart(page)
  const chapters = page.getByRole('navigation', { name: '章节', exact: true })
  await chapters.getByRole('link', { name: '大团圆' }).click()
  await page.getByText('赵家遭抢之后').waitFor()
  await expectPartsApart(page)
  await expectAccessible(page)
}

/** Fails when a part of the novel's text lies over the next. */
async function expectPartsApart(page: Page): Promise<void> {
  const edges = await page.locator('[data-chapter]').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })))
  expect(edges.length).toBeGreaterThan(1)
  edges.sort((a, b) => a.top - b.top).forEach(({ top }, at) => expect(top).toBeGreaterThanOrEqual((edges[at - 1]?.bottom ?? top) - 1))
}

type Lengths = { target: number; minimum: number; maximum: number; limit: number }

/** Tries other lengths, sees the sample follow them, and cuts. */
export async function cutPassages(page: Page, lengths: Lengths): Promise<void> {
  await page.getByRole('navigation', { name: '七个阶段' }).getByRole('link', { name: /^切片/ }).click()
  const sample = page.getByRole('region', { name: '试切样本' })
  await sample.waitFor()
  const longest = async () => Number((await figure(sample, '最长').innerText()).replaceAll(',', ''))
  expect(await longest()).toBeGreaterThan(lengths.maximum)
  const fields = { 目标长度: lengths.target, 最短: lengths.minimum, 最长: lengths.maximum, 最多切片数: lengths.limit }
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(String(value))
  await expect.poll(longest, { timeout: 30_000 }).toBeLessThanOrEqual(lengths.maximum)
  const totals = page.getByRole('region', { name: '全库合计' })
  await expect.poll(async () => figure(totals, '切片').innerText(), { timeout: 30_000 }).toBe(String(lengths.limit))
  expect(page.url()).toContain(`target=${lengths.target}`)
  await expectAccessible(page)

  await page.getByRole('button', { name: '切片', exact: true }).click()
  const newest = page.getByRole('region', { name: '最近一组' })
  await newest.getByText(`${lengths.limit} 段`, { exact: true }).waitFor()
  await newest.getByRole('link').click()
  await page.waitForURL(/\/passages\/1$/)
  const list = page.getByRole('list', { name: '切片' })
  await list.getByRole('article').first().waitFor()
  expect(await figure(page, '切片').innerText()).toBe(String(lengths.limit))
  await list.getByRole('button').first().click()
  await list.locator('.prose p').first().waitFor()
  await expectAccessible(page)
}
