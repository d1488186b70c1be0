import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { openPage, openResting, tasksOf } from '@/bench/support/watched-page'

const changes = 20
const slowedDown = 4
/** Milliseconds between two changes, in which the totals of the library are drawn too. */
const rest = 700

/** How soon a changed target length shows its new preview (95th percentile, the form's own pause included), at this machine's speed and slowed down, and the tasks then. */
export async function previewFigures(browser: Browser, url: string): Promise<Record<string, number>> {
  const { page } = await openPage(browser, 1)
  await openResting(page, url)
  await changedMs(page, 401)
  const times: number[] = []
  for (let change = 0; change < changes; change += 1) times.push(await changedMs(page, 410 + change * 4))
  await page.context().close()

  const slow = await openPage(browser, slowedDown)
  await openResting(slow.page, url)
  const slowTimes: number[] = []
  const tasks = await tasksOf(browser, slow.page, async () => {
    for (let change = 0; change < changes / 2; change += 1) slowTimes.push(await changedMs(slow.page, 412 + change * 4))
  })
  await slow.page.context().close()
  return { previewMs: percentile95(times), previewSlowedMs: percentile95(slowTimes), previewLongestTaskMs: tasks.longestMs, previewTasksOver50: tasks.over50 }
}

/** Milliseconds from the change until the sample beside the form is that of the new target; then waits until the page rests. */
async function changedMs(page: Page, target: number): Promise<number> {
  const took = await page.evaluate((value) => {
    const input = document.querySelector<HTMLInputElement>('input[name=target]')
    if (!input) throw new Error('There is no target length')
    const began = performance.now()
    const shown = new Promise<number>((resolve) => {
      const watch = new MutationObserver(() => {
        const link = document.querySelector(`section[aria-labelledby=sample] a[href*="target=${value}"]`)
        if (!link || link.closest('[aria-busy=true]')) return
        watch.disconnect()
        requestAnimationFrame(() => resolve(performance.now() - began))
      })
      watch.observe(document.body, { subtree: true, childList: true, attributes: true })
    })
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, String(value))
    input.dispatchEvent(new Event('input', { bubbles: true }))
    return shown
  }, target)
  await page.waitForTimeout(rest)
  return z.number().parse(took)
}

function percentile95(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN
}
