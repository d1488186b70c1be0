import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible } from '@/tests/support/browser'

/** Edits one premise, rejects a pair by keyboard, freezes, and returns how many pairs the dataset has. */
export async function reviewAndFreeze(page: Page): Promise<number> {
  await page.getByRole('link', { name: '看样本' }).click()
  await page.getByRole('heading', { level: 1, name: '样本' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('navigation', { name: '筛选' }).getByRole('link', { name: '通过检查' }).click()
  await page.waitForURL(/filter=good/)
  const pairs = page.getByRole('region', { name: '逐对审看' })
  await pairs.getByRole('button', { name: /^修改提要/ }).first().click()
  await pairs.getByLabel('提要', { exact: true }).fill('雾中的渡口，老船夫等着天明。')
  await pairs.getByRole('button', { name: '保存' }).click()
  await pairs.getByText('改过', { exact: true }).nth(1).waitFor()

  await page.getByRole('navigation', { name: '显示方式' }).getByRole('link', { name: '一屏一对' }).click()
  await page.getByRole('group', { name: /^第 1 对/ }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('ArrowRight')
  const second = page.getByRole('group', { name: /^第 2 对/ })
  await second.waitFor()
  await page.keyboard.press('r')
  await page.getByRole('group', { name: /^第 3 对/ }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await second.getByRole('button', { name: '已剔除', pressed: true }).waitFor()
  const shown = /共 (\d+) 对/.exec(await second.innerText())

  await page.getByRole('button', { name: '冻结数据集' }).click()
  const versions = page.getByRole('region', { name: '数据集' })
  await versions.getByText('完成', { exact: true }).waitFor()
  const split = /训练 (\d+) · 验证 (\d+)/.exec(await versions.innerText())
  const total = Number(split?.[1]) + Number(split?.[2])
  expect(total).toBe(Number(shown?.[1]) - 1)
  await expectAccessible(page)
  return total
}
