import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { availableParallelism, hostname, totalmem } from 'node:os'
import { promisify } from 'node:util'
import { inheritedVariables } from '@/lib/env'

export type Device = {
  /** The name under which at most one job runs, also between machines. */
  name: string
  kind: 'cuda' | 'cpu'
  /** How many GPUs; a training run may use them all at once. */
  gpus: number
  /** Memory of one GPU in bytes; null where there is none or it does not say. */
  gpuBytes: number | null
  /** The CPU cores this process may use, by number. */
  cores: number[]
  /** Whether the CPU multiplies bfloat16 in hardware; without that it is hundreds of times slower than float32. */
  cpuHasNativeBfloat16: boolean
  /** Bytes of main memory: of the machine, or of the control group where that is less. */
  memoryBytes: number
}

let found: Promise<Device> | undefined

/** What this machine computes with; looked at once. */
export function thisDevice(): Promise<Device> {
  found ??= look()
  return found
}

async function look(): Promise<Device> {
  const [gpus, gpuBytes, flags, cores, memoryBytes] = await Promise.all([countGpus(), gpuMemory(), cpuFlags(), allowedCores(), memory()])
  const kind = gpus > 0 ? 'cuda' : 'cpu'
  return {
    name: kind === 'cuda' ? `${hostname()}/cuda:0` : `${hostname()}/cpu`,
    kind,
    gpus,
    gpuBytes: kind === 'cuda' ? gpuBytes : null,
    cores,
    cpuHasNativeBfloat16: flags.has('avx512_bf16') || flags.has('amx_bf16'),
    memoryBytes,
  }
}

async function countGpus(): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', ['--list-gpus'], { timeout: 10_000 })
    const there = stdout.match(/^GPU \d+:/gm)?.length ?? 0
    // nvidia-smi lists those too that CUDA is told not to see.
    const { CUDA_VISIBLE_DEVICES: visible } = inheritedVariables((name) => name === 'CUDA_VISIBLE_DEVICES')
    return visible === undefined ? there : Math.min(there, visible.split(',').filter((id) => /^\s*(\d+|GPU-|MIG-)/.test(id)).length)
  } catch {
    return 0
  }
}

async function gpuMemory(): Promise<number | null> {
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', ['--query-gpu=memory.total', '--format=csv,noheader,nounits', '--id=0'], { timeout: 10_000 })
    const mebibytes = Number(stdout.trim())
    return mebibytes > 0 ? mebibytes * 2 ** 20 : null
  } catch {
    return null
  }
}

async function cpuFlags(): Promise<Set<string>> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '')
  return new Set(/^flags\s*:(.*)$/m.exec(text)?.[1]?.trim().split(' '))
}

/** From a line such as `Cpus_allowed_list: 0-3,6`; where there is none, as many as Node may use. */
async function allowedCores(): Promise<number[]> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '')
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1]
  if (!list) return range(0, availableParallelism() - 1)
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return range(first, last)
  })
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

async function memory(): Promise<number> {
  const limit = Number(await readFile('/sys/fs/cgroup/memory.max', 'utf8').catch(() => 'max'))
  return Number.isFinite(limit) && limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}
