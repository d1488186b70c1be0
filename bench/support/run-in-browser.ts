import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import { median } from '@/bench/support/median'
import { openPage, openResting } from '@/bench/support/watched-page'

const rounds = 5
const steps = 100
/** Milliseconds between two steps. */
const pace = 400

/** Milliseconds from asking for a run's page until its smoothed curve is drawn and the page rests; the median of five openings, after one that is not counted. */
export async function chartsReadyMs(browser: Browser, url: string): Promise<number> {
  const times: number[] = []
  for (let round = -1; round < rounds; round += 1) {
    const { page } = await openPage(browser, 1)
    await page.addInitScript(() => {
      const ready = new Promise<number>((resolve) => {
        const look = () => {
          const isDrawn = document.querySelector('.recharts-line-curve[stroke-width="2"]')?.hasAttribute('d')
          if (isDrawn) requestIdleCallback(() => requestAnimationFrame(() => resolve(performance.now())))
          else requestAnimationFrame(look)
        }
        look()
      })
      Object.assign(window, { ready })
    })
    await page.goto(url, { waitUntil: 'commit' })
    const time = z.number().parse(await page.evaluate(() => (window as unknown as { ready: unknown }).ready))
    if (round >= 0) times.push(time)
    await page.context().close()
  }
  return median(times)
}

/** Commits steps as the worker does, each with a loss of its own, while the run's page is open, and hears when each stands there. */
export async function liveMs(browser: Browser, url: string, run: { id: string; projectId: string }, last: number): Promise<{ median: number; p95: number; longest: number }> {
  const { page } = await openPage(browser, 1)
  await openResting(page, url)
  await page.evaluate(() => {
    const seen: [string, number][] = []
    const figure = [...document.querySelectorAll('dt')].find((each) => each.textContent === '损失')?.nextElementSibling
    if (!figure) throw new Error('The page has no loss')
    new MutationObserver(() => seen.push([figure.textContent ?? '', Date.now()])).observe(figure, { characterData: true, childList: true, subtree: true })
    Object.assign(window, { seen })
  })
  const committed: { loss: number; at: number }[] = []
  for (let step = 1; step <= steps; step += 1) {
    const loss = 1 + step / 1000
    await db().$transaction(async (tx) => {
      const values = { loss, learning_rate: 1e-4, grad_norm: 1, tokens_per_second: 90, step_seconds: 1, memory_bytes: 4e9 }
      await tx.metric.createMany({ data: Object.entries(values).map(([name, value]) => ({ trainingRunId: run.id, step: last + step, name, value, epoch: 0 })) })
      await announce(tx, { project: run.projectId, topic: 'metrics', id: run.id })
    })
    committed.push({ loss, at: Date.now() })
    await page.waitForTimeout(pace)
  }
  const seen = z.array(z.tuple([z.string(), z.number()])).parse(await page.evaluate(() => (window as unknown as { seen: unknown }).seen))
  await page.context().close()
  // The losses grow: a step that the page passed over stands on it once a later one does.
  const shownAt = (loss: number) => seen.find(([text]) => Number(text) >= Number(loss.toFixed(3)))?.[1] ?? Number.POSITIVE_INFINITY
  const times = committed.map(({ loss, at }) => shownAt(loss) - at).sort((one, other) => one - other)
  return { median: median(times), p95: times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN, longest: times.at(-1) ?? Number.NaN }
}
