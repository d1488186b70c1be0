import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible } from '@/tests/support/browser'

/** Edits one premise, rejects a pair by keyboard, freezes, and returns how many pairs the dataset has. */
export async function reviewAndFreeze(page: Page): Promise<number> {
  await page.getByRole('link', { name: '看样本' }).click()
  await page.getByRole('heading', { level: 1, name: '样本' }).waitFor()
  await expectAccessible(page)
  const filter = page.getByRole('search', { name: '筛选' })
  await filter.getByText('更多筛选').click()
  await filter.getByRole('checkbox', { name: /^通过检查/ }).check()
  await page.waitForURL(/outcome=good/)
  await expectAccessible(page)
  await page.getByRole('grid', { name: '逐对审看' }).getByRole('link').first().click()

  const first = page.getByRole('group', { name: /^第 1 对/ })
  await first.waitFor()
  await expectAccessible(page)
  await page.keyboard.press('e')
  await page.getByLabel('提要', { exact: true }).fill('雾中的渡口，老船夫等着天明。')
  await page.keyboard.press('Control+Enter')
  await first.getByText('改过', { exact: true }).waitFor()
  await page.keyboard.press('ArrowRight')
  const second = page.getByRole('group', { name: /^第 2 对/ })
  await second.waitFor()
  await page.keyboard.press('r')
  await page.getByRole('group', { name: /^第 3 对/ }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await second.getByRole('button', { name: '已剔除', pressed: true }).waitFor()
  const shown = /共 (\d+) 对/.exec(await second.innerText())

  await page.getByRole('link', { name: '回到列表' }).click()
  await page.getByRole('navigation', { name: '样本的三面' }).getByRole('link', { name: '数据集' }).click()
  await page.getByLabel('近似重复').selectOption({ label: '全收' })
  await expectAccessible(page)
  await page.getByRole('button', { name: '冻结数据集' }).click()
  const versions = page.getByRole('region', { name: '数据集', exact: true })
  await versions.getByText('完成', { exact: true }).waitFor()
  const split = /训练 (\d+) · 验证 (\d+)/.exec(await versions.innerText())
  const total = Number(split?.[1]) + Number(split?.[2])
  expect(total).toBe(Number(shown?.[1]) - 1)
  await versions.getByRole('link', { name: /^第 1 版/ }).click()
  await page.getByRole('heading', { level: 1, name: /^第 1 版/ }).waitFor()
  await expectAccessible(page)
  await page.goBack()
  return total
}
