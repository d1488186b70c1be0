/** What vLLM says of its load: requests now, the share of its cache in use, and tokens since it began. */
export type EngineMetrics = { running: number; waiting: number; cacheUse: number; promptTokens: number; answerTokens: number }

const names = {
  'vllm:num_requests_running': 'running',
  'vllm:num_requests_waiting': 'waiting',
  'vllm:kv_cache_usage_perc': 'cacheUse',
  'vllm:prompt_tokens_total': 'promptTokens',
  'vllm:generation_tokens_total': 'answerTokens',
} as const

type MetricName = keyof typeof names

/**
 * Reads the text of vLLM's /metrics (Prometheus exposition format). Copies of a model side by side tell each of their own: counts
 * are summed, the share of the cache is their mean. What is missing counts as 0.
 */
export function parseMetrics(text: string): EngineMetrics {
  const metrics: EngineMetrics = { running: 0, waiting: 0, cacheUse: 0, promptTokens: 0, answerTokens: 0 }
  let caches = 0
  for (const line of text.split('\n')) {
    const said = /^([\w:]+)(?:\{.*\})? (\S+)/.exec(line)
    if (!said?.[1] || !isKnown(said[1])) continue
    const value = Number(said[2])
    if (!Number.isFinite(value)) continue
    metrics[names[said[1]]] += value
    if (said[1] === 'vllm:kv_cache_usage_perc') caches += 1
  }
  if (caches > 1) metrics.cacheUse /= caches
  return metrics
}

function isKnown(name: string): name is MetricName {
  return Object.hasOwn(names, name)
}
