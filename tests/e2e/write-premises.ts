import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, figure } from '@/tests/support/browser'

/** Writes a prompt of one's own, keeps it, and has this machine's engine write with it. */
export async function writePremises(page: Page, { model, passages }: { model: string; passages: number }): Promise<void> {
  await page.getByRole('link', { name: '写提要' }).click()
  await page.getByRole('heading', { level: 1, name: '提要' }).waitFor()
  await page.getByLabel('总要求').fill('')
  await page.getByLabel('模板').fill('正文：{{pas')
  await page.keyboard.press('End')
  await page.getByRole('option', { name: /passage/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('\n提要：')
  for (const ordinal of [3, 2, 1]) await page.getByRole('button', { name: `删去示例 ${ordinal}` }).click()
  // The preview follows the typing.
  await page.getByText(/^正文：[^{]+提要：$/).first().waitFor()

  const writer = page.getByLabel('模型', { exact: true })
  await writer.fill(model)
  await page.getByText('采样与检查').click()
  for (const [label, value] of Object.entries({ 最少字数: '4', 最多字数: '60', 最多尝试: '8' })) await page.getByLabel(label).fill(value)
  await expectAccessible(page)
  await page.getByRole('button', { name: '只保存提示词' }).click()
  await page.getByText('已保存为第 1 版').first().waitFor()
  expect(await writer.inputValue()).toBe(model)
  await page.getByRole('button', { name: `写 ${passages} 条提要` }).click()

  await page.getByRole('heading', { level: 1, name: '第 1 次提要' }).waitFor()
  await page.getByText('启动推理引擎').first().waitFor()
  await expectAccessible(page)
  await page.getByText('完成', { exact: true }).first().waitFor({ timeout: 240_000 })
  const [good, refused] = await Promise.all(['通过', '未通过'].map(async (word) => Number(await figure(page, word).innerText())))
  expect((good ?? 0) + (refused ?? 0)).toBe(passages)
  expect(good).toBeGreaterThan(2)
  await expectAccessible(page)
}
