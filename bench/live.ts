import type { Measurement } from '@/bench/support/measurement'
import { makeRun } from '@/bench/support/long-run'
import { withProductionStudio } from '@/bench/support/production-studio'
import { chartsReadyMs, liveMs } from '@/bench/support/run-in-browser'
import { openBrowser } from '@/bench/support/watched-page'

export const needs = ['python', 'build', 'browser']

/**
 * A run's page in Chromium, on the production build. `ours` is the milliseconds until the curve of a million steps is drawn
 * and the page rests, `baseline` the same of a thousand steps; `liveP95Ms` is how long after a step was committed its loss
 * stands on the open page, of a hundred steps (95th percentile; `liveMs` the median).
 */
export async function measure(): Promise<Measurement> {
  return withProductionStudio(async ({ url }) => {
    const [long, short] = [await makeRun(1_000_000, ['loss']), await makeRun(1_000, ['loss'])]
    const browser = await openBrowser()
    try {
      const href = (run: { id: string; projectId: string }) => `${url}/projects/${run.projectId}/training/${run.id}`
      const ours = await chartsReadyMs(browser, href(long))
      const baseline = await chartsReadyMs(browser, href(short))
      const live = await liveMs(browser, href(short), short, 1_000)
      return { ours, baseline, ratio: baseline / ours, unit: 'ms', liveP95Ms: live.p95, liveMs: live.median, liveLongestMs: live.longest }
    } finally {
      await browser.close()
    }
  })
}
