import type { EngineLoad } from '@/lib/stages/engine/engine-row'
import { parseMetrics, type EngineMetrics } from '@/gpu-worker/engine/metrics'

/** How often a used engine is asked for its load, in milliseconds; one that rests is asked every eighth time. */
const everyMs = 2_000
const restingShare = 8
const answerWithinMs = 60_000
/** A long prompt on a slow CPU keeps an engine from answering for minutes: only much longer than that does it hang. */
export const hungAfterMinutes = 15

/** Follows an engine's /metrics for as long as it runs. `onHung` is called once, when it has not answered for too long. */
export function watchEngine(baseUrl: string, isUsed: () => boolean, onLoad: (load: EngineLoad) => Promise<void>, onHung: () => void): { close(): void } {
  const address = new URL('/metrics', baseUrl)
  let heardAt = Date.now()
  let before: { at: number; metrics: EngineMetrics } | undefined
  let isAsking = false
  let beat = 0

  async function ask(): Promise<void> {
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(answerWithinMs) })
      const metrics = parseMetrics(await response.text())
      const at = Date.now()
      heardAt = at
      const load = loadOf(metrics, before && { ...before, seconds: (at - before.at) / 1000 })
      before = { at, metrics }
      await onLoad(load)
    } catch {
      if (Date.now() - heardAt < hungAfterMinutes * 60_000) return
      clearInterval(timer)
      onHung()
    }
  }

  const timer = setInterval(() => {
    beat += 1
    if (isAsking || (!isUsed() && beat % restingShare !== 0)) return
    isAsking = true
    void ask().finally(() => (isAsking = false))
  }, everyMs)
  timer.unref()
  return { close: () => clearInterval(timer) }
}

/** Rates are what was read and written since the last look. */
export function loadOf(metrics: EngineMetrics, before?: { metrics: EngineMetrics; seconds: number }): EngineLoad {
  const rate = (name: 'promptTokens' | 'answerTokens') => (before && before.seconds > 0 ? Math.max(0, (metrics[name] - before.metrics[name]) / before.seconds) : 0)
  return { requestsRunning: metrics.running, requestsWaiting: metrics.waiting, cacheUse: metrics.cacheUse, promptRate: rate('promptTokens'), answerRate: rate('answerTokens') }
}
