import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { testRows } from '@/tests/e2e/test-file'
import { expectAccessible, figure } from '@/tests/support/browser'

/** Uploads the test file on the page of the stories. */
export async function uploadTestFile(page: Page, file: string): Promise<void> {
  await page.getByRole('link', { name: '用模型生成' }).click()
  await page.getByRole('heading', { level: 1, name: '生成' }).waitFor()
  await expectAccessible(page)
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: '上传测试文件' }).click()])
  await chooser.setFiles(file)
  await page.getByText('test.json：4 行，2 条提要').waitFor({ state: 'attached' })
}

/** Has every row written by the model the page offers (the newest tuned one) or another one; returns the path of the run's page. */
export async function writeStories(page: Page, { model }: { model?: string }): Promise<string> {
  await page.getByRole('navigation', { name: '七个阶段' }).getByRole('link', { name: /^生成/ }).click()
  const form = page.getByRole('form', { name: '新的生成' })
  if (model) await form.getByLabel('模型', { exact: true }).fill(model)
  else expect(await form.getByLabel('模型', { exact: true }).inputValue()).not.toBe('starter')
  await form.getByLabel('最多词元').fill('120')
  await form.getByText('高级设置').click()
  await form.getByLabel('最少字数').fill('5')
  await expectAccessible(page)
  await form.getByRole('button', { name: '开始生成' }).click()

  await page.getByRole('heading', { level: 1, name: /^第 \d 次生成/ }).waitFor()
  await page.getByText('完成', { exact: true }).first().waitFor({ timeout: 240_000 })
  expect(await figure(page.getByRole('main'), '已写').innerText()).toBe(`${testRows.length} / ${testRows.length}`)
  const rows = page.getByRole('list', { name: '成稿' }).getByRole('listitem')
  await rows.nth(testRows.length - 1).waitFor()
  await rows.first().getByRole('button', { expanded: false }).click()
  await rows.first().getByText(/^种子 \d+$/).waitFor()
  await expectAccessible(page)
  return new URL(page.url()).pathname
}
