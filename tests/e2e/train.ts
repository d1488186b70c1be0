import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, figure } from '@/tests/support/browser'

declare global {
  interface Window {
    /** The curve's shapes as they were seen, one after the other; gone if the page was loaded anew. */
    curves?: string[]
  }
}

/** Trains, watches the curve grow, merges; returns the path of the run's page. */
export async function train(page: Page, { model, steps }: { model: string; steps: number }): Promise<string> {
  await page.getByRole('navigation', { name: '七个阶段' }).getByRole('link', { name: /^训练/ }).click()
  await page.getByRole('heading', { level: 1, name: '训练' }).waitFor()
  await page.getByLabel('基座模型').selectOption('其他文件夹……')
  await page.getByLabel('基座模型').fill(model)
  await page.getByLabel('提示词', { exact: true }).selectOption('改写为新版本……')
  await page.getByLabel('总要求').fill('写一段小说。')
  await page.getByText('高级设置').click()
  for (const [label, value] of Object.entries({ 梯度累积: 1, 最多步数: steps, 最大长度: 128, 验证间隔: 8, 检查点间隔: 8 })) await page.getByLabel(label).fill(String(value))
  await expectAccessible(page)
  await page.getByRole('button', { name: '开始训练' }).click()

  await page.getByRole('heading', { level: 1, name: '第 1 次训练' }).waitFor()
  await keepCurves(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: '合并模型' }).waitFor({ timeout: 240_000 })
  expect(await figure(page.getByRole('main'), '步').innerText()).toBe(`${steps} / ${steps}`)
  const curves = await page.evaluate(() => window.curves ?? [])
  expect(curves.length).toBeGreaterThan(1)
  await expectAccessible(page)

  await page.getByRole('button', { name: '合并模型' }).click()
  await page.getByRole('link', { name: '用模型生成' }).waitFor({ timeout: 120_000 })
  await expectAccessible(page)
  return new URL(page.url()).pathname
}

/** From now on, every shape that the smoothed curve takes is kept in the page itself. */
async function keepCurves(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept: string[] = (window.curves = [])
    new MutationObserver(() => {
      const shape = document.querySelector('.recharts-line-curve[stroke-width="2"]')?.getAttribute('d')
      if (shape && shape !== kept.at(-1)) kept.push(shape)
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['d'] })
  })
}
