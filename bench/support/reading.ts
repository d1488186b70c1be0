import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Measurement } from '@/bench/support/measurement'
import { median } from '@/bench/support/median'

const ROUNDS = 3
const reading = z.object({ seconds: z.number(), records: z.number(), rssGrowthMB: z.number() })
type Reading = z.infer<typeof reading>

/**
 * Reading and parsing a JSON Lines file of `bytes`: our reader with all its checks against a bare
 * readline + JSON.parse loop. Each side reads in processes of its own, in turns; MB/s, medians; memory is our largest growth.
 */
export async function measureReading(file: string, bytes: number): Promise<Measurement> {
  const ours: Reading[] = []
  const baseline: Reading[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    baseline.push(await readApart('baseline', file))
    ours.push(await readApart('ours', file))
  }
  const rate = (readings: readonly Reading[]) => bytes / 1e6 / median(readings.map(({ seconds }) => seconds))
  return {
    ours: rate(ours),
    baseline: rate(baseline),
    ratio: rate(ours) / rate(baseline),
    unit: 'MB/s',
    rssGrowthMB: Math.max(...ours.map(({ rssGrowthMB }) => rssGrowthMB)),
    baselineRssGrowthMB: Math.max(...baseline.map(({ rssGrowthMB }) => rssGrowthMB)),
    records: ours[0]?.records ?? 0,
  }
}

async function readApart(side: 'ours' | 'baseline', file: string): Promise<Reading> {
  const program = fileURLToPath(new URL('read-one-side.ts', import.meta.url))
  const child = fork(program, [side, file], { execArgv: ['--import', import.meta.resolve('tsx')] })
  const closed = once(child, 'close')
  const [message] = await Promise.race([once(child, 'message'), closed])
  await closed
  return reading.parse(message)
}
