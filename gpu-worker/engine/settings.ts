import type { Device } from '@/gpu-worker/device'
import type { ParallelSizes } from '@/gpu-worker/engine/parallel'

export type ServedModel = {
  /** Absolute path of a folder of safetensors. */
  modelDirectory: string
  /** The name under which the engine answers. */
  servedName: string
  /** Tokens of prompt and answer together. */
  maxModelLength: number
  /** Off only where a measurement wants every prompt read anew. */
  prefixCaching?: boolean
  /** Highest rank of an adapter that may be loaded while it runs, one of `adapterRanks`; 0 or none: no adapters. */
  adapterRank?: number
}

export type EngineStart = { args: string[]; environment: Record<string, string> }

const gibibyte = 1024 ** 3
/** Prompt tokens read in one step of the engine, at least. */
const promptTokensAtOnce = 4096
/** The context that an engine is started with where a job would do with less, so that most later jobs find it long enough. */
const commonContext = { cpu: 4096, cuda: 8192 } as const
/** The ranks that vLLM has room for. */
export const adapterRanks = [8, 16, 32, 64, 128, 256, 320, 512] as const
/** Adapters in one batch, and how many stay in memory besides. */
const adaptersAtOnce = 4
const adaptersHeld = 16

/** The context to start an engine with: more than was asked for where the model can hold more, up to what is common on such a device. */
export function roomyContext(asked: number, limit: number | null, device: Pick<Device, 'kind'>): number {
  return Math.min(Math.max(asked, commonContext[device.kind]), limit ?? Infinity)
}

/** How vLLM is started for a model on a device. */
export function engineStart(model: ServedModel, port: number, device: Device, parallel: ParallelSizes = { tensor: 1, data: 1 }): EngineStart {
  const rank = model.adapterRank ?? 0
  const args = [
    '-m', 'vllm.entrypoints.openai.api_server',
    '--model', model.modelDirectory,
    '--served-model-name', model.servedName,
    '--host', '127.0.0.1',
    '--port', String(port),
    '--max-model-len', String(model.maxModelLength),
    '--max-num-seqs', String(rowsAtOnce(device)),
    // What a person waits for goes before the rows of a batch that wait for their turn (Question.priority).
    '--scheduling-policy', 'priority',
    // Sampling is what a request says; a model's own defaults would change it unseen.
    '--generation-config', 'vllm',
    // They are looked at every few seconds: their lines would be most of the log.
    '--disable-access-log-for-endpoints', '/health,/metrics',
    model.prefixCaching === false ? '--no-enable-prefix-caching' : '--enable-prefix-caching',
    ...(rank > 0 ? ['--enable-lora', '--max-lora-rank', String(rank), '--max-loras', String(adaptersAtOnce), '--max-cpu-loras', String(adaptersHeld)] : []),
    ...(device.kind === 'cpu' ? cpuArguments(model, device) : cudaArguments(parallel)),
  ]
  const environment: Record<string, string> = device.kind === 'cpu' ? cpuEnvironment(device) : {}
  if (rank > 0) environment.VLLM_ALLOW_RUNTIME_LORA_UPDATING = 'True'
  return { args, environment }
}

/** Rows in one batch: what comes beyond it waits inside the engine. A large card has room for the keys and values of more. */
function rowsAtOnce({ gpuBytes }: Device): number {
  return gpuBytes !== null && gpuBytes >= 64 * gibibyte ? 512 : 256
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

function cudaArguments({ tensor, data }: ParallelSizes): string[] {
  return [...(tensor > 1 ? ['--tensor-parallel-size', String(tensor)] : []), ...(data > 1 ? ['--data-parallel-size', String(data)] : [])]
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
