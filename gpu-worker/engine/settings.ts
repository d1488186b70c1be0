import type { Device } from '@/gpu-worker/device'

export type ServedModel = {
  /** Absolute path of a folder of safetensors. */
  modelDirectory: string
  /** The name under which the engine answers. */
  servedName: string
  /** Tokens of prompt and answer together. */
  maxModelLength: number
  /** Off only where a measurement wants every prompt read anew. */
  prefixCaching?: boolean
}

export type EngineStart = { args: string[]; environment: Record<string, string> }

const gibibyte = 1024 ** 3
/** Rows in one batch: what comes beyond it waits inside the engine. */
const rowsAtOnce = 256
/** Prompt tokens read in one step of the engine, at least. */
const promptTokensAtOnce = 4096

/** How vLLM is started for a model on a device. */
export function engineStart(model: ServedModel, port: number, device: Device): EngineStart {
  const args = [
    '-m', 'vllm.entrypoints.openai.api_server',
    '--model', model.modelDirectory,
    '--served-model-name', model.servedName,
    '--host', '127.0.0.1',
    '--port', String(port),
    '--max-model-len', String(model.maxModelLength),
    '--max-num-seqs', String(rowsAtOnce),
    // Sampling is what a request says; a model's own defaults would change it unseen.
    '--generation-config', 'vllm',
    model.prefixCaching === false ? '--no-enable-prefix-caching' : '--enable-prefix-caching',
    ...(device.kind === 'cpu' ? cpuArguments(model, device) : []),
  ]
  return { args, environment: device.kind === 'cpu' ? cpuEnvironment(device) : {} }
}

function cpuArguments(model: ServedModel, device: Device): string[] {
  return [
    '--dtype', cpuDtype(device),
    '--enforce-eager',
    // A prompt read in pieces makes vLLM 0.32 wind back the request's seeded generator, which a CPU generator
    // cannot do: the engine dies ("CPU Generator does not use offset"). So a prompt is read whole or waits.
    '--no-enable-chunked-prefill',
    '--max-num-batched-tokens', String(Math.max(promptTokensAtOnce, model.maxModelLength)),
  ]
}

/** bfloat16 only where the CPU multiplies it in hardware; elsewhere it is hundreds of times slower. */
export function cpuDtype(device: Device): 'float32' | 'bfloat16' {
  return device.cpuHasNativeBfloat16 ? 'bfloat16' : 'float32'
}

function cpuEnvironment(device: Device): Record<string, string> {
  const cacheGibibytes = Math.min(16, Math.max(1, Math.floor(device.memoryBytes / gibibyte / 8)))
  return {
    VLLM_TARGET_DEVICE: 'cpu',
    VLLM_CPU_KVCACHE_SPACE: String(cacheGibibytes),
    // All cores by name, or one is left idle.
    VLLM_CPU_OMP_THREADS_BIND: device.cores.join(','),
    VLLM_CPU_NUM_OF_RESERVED_CPU: '0',
    // One process: on a CPU a second one would only take turns with the first.
    VLLM_ENABLE_V1_MULTIPROCESSING: '0',
  }
}
