import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { median } from '@/bench/support/median'
import { openPage, openResting, type Tasks, tasksOf } from '@/bench/support/watched-page'

const rounds = 5

const opened = z.object({ paintedMs: z.number(), restingMs: z.number() })

/** Milliseconds from asking for a page until text is painted, and until it is loaded and rests; medians of five openings, each in a browser context of its own. */
export async function readableMs(browser: Browser, url: string): Promise<z.infer<typeof opened>> {
  const times: z.infer<typeof opened>[] = []
  for (let round = -1; round < rounds; round += 1) {
    const { page } = await openPage(browser, 1)
    await page.addInitScript(() => {
      const painted = new Promise<number>((resolve) => {
        const look = () => (document.querySelector('[data-chapter] p')?.textContent ? requestAnimationFrame(() => resolve(performance.now())) : requestAnimationFrame(look))
        look()
      })
      const loaded = new Promise<void>((resolve) => addEventListener('load', () => resolve(), { once: true }))
      const resting = loaded.then(() => new Promise<number>((resolve) => requestIdleCallback(() => requestAnimationFrame(() => resolve(performance.now())))))
      Object.assign(window, { opened: Promise.all([painted, resting]).then(([paintedMs, restingMs]) => ({ paintedMs, restingMs: Math.max(paintedMs, restingMs) })) })
    })
    await page.goto(url, { waitUntil: 'commit' })
    const time = opened.parse(await page.evaluate(() => (window as unknown as { opened: unknown }).opened))
    // The first opening warms the server up.
    if (round >= 0) times.push(time)
    await page.context().close()
  }
  return { paintedMs: median(times.map((time) => time.paintedMs)), restingMs: median(times.map((time) => time.restingMs)) }
}

/** Scrolls by the wheel for a while, drags to places all through the novel, and turns chapters; at this machine's speed or so many times slower. */
export async function scrollTasks(browser: Browser, url: string, slower: number): Promise<Tasks> {
  const { page } = await openPage(browser, slower)
  await openResting(page, url)
  const text = page.locator('[role=region]:has([data-chapter])')
  await text.hover()
  const tasks = await tasksOf(browser, page, async () => {
    for (let turn = 0; turn < 150; turn += 1) {
      await page.mouse.wheel(0, 500)
      await page.waitForTimeout(50)
    }
    for (let place = 1; place <= 30; place += 1) {
      await text.evaluate((element, share) => element.scrollTo({ top: element.scrollHeight * share }), place / 31)
      await page.waitForTimeout(150)
    }
    await text.focus()
    for (let turn = 0; turn < 10; turn += 1) {
      await page.keyboard.press('[')
      await page.waitForTimeout(200)
    }
  })
  await page.context().close()
  return tasks
}
