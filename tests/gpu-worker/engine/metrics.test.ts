import { expect, test } from 'vitest'
import { parallelSizes } from '@/gpu-worker/engine/parallel'
import { parseMetrics } from '@/gpu-worker/engine/metrics'
import { engineStart, roomyContext } from '@/gpu-worker/engine/settings'
import { loadOf } from '@/gpu-worker/engine/watch'

const text = `# HELP vllm:num_requests_running Number of requests in model execution batches.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="夜航"} 3.0
vllm:num_requests_running{engine="1",model_name="夜航"} 2.0
vllm:num_requests_waiting{engine="0",model_name="夜航"} 7.0
vllm:num_requests_waiting_by_reason{engine="0",reason="capacity"} 70.0
vllm:kv_cache_usage_perc{engine="0",model_name="夜航"} 0.5
vllm:kv_cache_usage_perc{engine="1",model_name="夜航"} 0.1
vllm:prompt_tokens_total{engine="0",model_name="夜航"} 1.2e+03
vllm:generation_tokens_total{engine="0",model_name="夜航"} 400.0
vllm:generation_tokens_created{engine="0",model_name="夜航"} 1.7e+09
python_info{version="3.11.2"} 1.0
`

test('an engine’s metrics are read, of several copies together, and what is missing is 0', () => {
  expect(parseMetrics(text)).toEqual({ running: 5, waiting: 7, cacheUse: 0.3, promptTokens: 1200, answerTokens: 400 })
  expect(parseMetrics('vllm:num_requests_running{} NaN\nnonsense')).toEqual({ running: 0, waiting: 0, cacheUse: 0, promptTokens: 0, answerTokens: 0 })
})

test('rates are of the time between two looks, and none before the second', () => {
  const metrics = parseMetrics(text)
  expect(loadOf(metrics)).toMatchObject({ requestsRunning: 5, promptRate: 0, answerRate: 0 })
  expect(loadOf({ ...metrics, answerTokens: 460 }, { metrics, seconds: 2 })).toMatchObject({ answerRate: 30, promptRate: 0 })
  // One that was started anew begins at 0.
  expect(loadOf({ ...metrics, answerTokens: 5 }, { metrics, seconds: 2 })).toMatchObject({ answerRate: 0 })
})

test('several GPUs hold copies of a model that fits one, and share one that does not by a number that divides its heads', () => {
  const gibibyte = 2 ** 30
  const on = (gpus: number, weightGibibytes: number, heads: number | null) => parallelSizes({ gpus, gpuBytes: 24 * gibibyte }, { weightBytes: weightGibibytes * gibibyte, heads })
  expect(on(1, 100, 32)).toEqual({ tensor: 1, data: 1 })
  expect(on(4, 3, 32)).toEqual({ tensor: 1, data: 4 })
  expect(on(4, 15, 32)).toEqual({ tensor: 2, data: 2 })
  expect(on(3, 15, 32)).toEqual({ tensor: 2, data: 1 })
  expect(on(8, 15, 28)).toEqual({ tensor: 2, data: 4 })
  expect(on(8, 40, 28)).toEqual({ tensor: 4, data: 2 })
  expect(on(4, 15, 7)).toEqual({ tensor: 1, data: 4 })
  expect(on(4, 15, null)).toEqual({ tensor: 1, data: 4 })
})

test('an engine is started with more context than one job asks for, but not more than the model holds', () => {
  expect(roomyContext(1024, null, { kind: 'cpu' })).toBe(4096)
  expect(roomyContext(1024, null, { kind: 'cuda' })).toBe(8192)
  expect(roomyContext(10_000, null, { kind: 'cpu' })).toBe(10_000)
  expect(roomyContext(1024, 2048, { kind: 'cuda' })).toBe(2048)
})

test('room for adapters and parallel sizes are asked of vLLM only where they are wanted', () => {
  const gpu = { name: 'host/cuda:0', kind: 'cuda' as const, gpus: 4, gpuBytes: 80 * 2 ** 30, cores: [0], cpuHasNativeBfloat16: false, memoryBytes: 2 ** 36 }
  const model = { modelDirectory: '/models/a', servedName: 'a', maxModelLength: 8192 }
  const plain = engineStart(model, 8000, gpu)
  expect(plain.args.join(' ')).not.toMatch(/lora|parallel|dtype/)
  expect(plain.args.join(' ')).toContain('--max-num-seqs 512')
  const both = engineStart({ ...model, adapterRank: 64 }, 8000, gpu, { tensor: 2, data: 2 })
  expect(both.args.join(' ')).toMatch(/--enable-lora --max-lora-rank 64 .*--tensor-parallel-size 2 --data-parallel-size 2/)
  expect(both.environment).toEqual({ VLLM_ALLOW_RUNTIME_LORA_UPDATING: 'True' })
})
