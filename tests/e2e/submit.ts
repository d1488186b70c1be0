import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { checkSubmission, type SubmissionCheck } from '@/lib/submission/check'
import { testRows } from '@/tests/e2e/test-file'
import { expectAccessible } from '@/tests/support/browser'

/** Makes a submission of the story run that is open, downloads it, and checks what came down. */
export async function makeSubmission(page: Page, { ordinal, directory }: { ordinal: number; directory: string }): Promise<SubmissionCheck> {
  await page.getByRole('button', { name: '制作提交' }).click()
  await page.getByRole('heading', { level: 1, name: '提交' }).waitFor()
  const card = page.getByRole('article', { name: `第 ${ordinal} 份提交` })
  await card.getByText('通过检查').waitFor()
  await expectAccessible(page)
  const [download] = await Promise.all([page.waitForEvent('download'), card.getByRole('link', { name: /^下载 submit\.json/ }).click()])
  expect(download.suggestedFilename()).toBe('submit.json')
  const file = join(directory, `submit-${ordinal}.json`)
  await download.saveAs(file)
  const check = await checkSubmission(file, testRows, { minimumCharacters: 5 })
  expect(check).toMatchObject({ rows: testRows.length, expected: testRows.length, problems: [], moreProblems: 0 })
  await card.getByText(check.sha256).waitFor()
  return check
}

/** Puts the two submissions side by side and goes from row to row; returns the path of the comparison. */
export async function openComparison(page: Page): Promise<string> {
  for (const ordinal of [1, 2]) await page.getByRole('checkbox', { name: new RegExp(`^第 ${ordinal} 份提交`) }).check()
  await page.getByRole('button', { name: '并排对照' }).click()
  await page.getByRole('heading', { level: 1, name: '对照' }).waitFor()
  await page.getByLabel('次序').selectOption({ label: '按测试行' })
  await page.getByText('第 1 行', { exact: true }).waitFor()
  for (const column of ['甲', '乙']) await page.getByRole('region', { name: new RegExp(`^${column}`) }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByText('第 2 行', { exact: true }).waitFor()
  await expectAccessible(page)
  const { pathname, search } = new URL(page.url())
  return pathname + search
}
