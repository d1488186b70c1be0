import { execFile } from 'node:child_process'
import { cpus } from 'node:os'
import { promisify } from 'node:util'
import { env } from '@/lib/env'
import { type DeviceFacts, registerDevice } from '@/lib/stages/devices'
import type { Device } from '@/lib/generated/prisma/client'
import { thisDevice } from '@/gpu-worker/device'
import { plainEnvironment } from '@/gpu-worker/process/environment'

const run = promisify(execFile)

/** Tells the studio which device is here, so that a forecast can be made for it. */
export async function registerThisDevice(): Promise<Device> {
  const { name, kind, gpus, gpuBytes, cores, memoryBytes, cpuHasNativeBfloat16 } = await thisDevice()
  const gpu = kind === 'cuda' ? await firstGpu() : null
  const facts: DeviceFacts = {
    name,
    kind,
    gpus,
    label: gpu?.label ?? cpus()[0]?.model.trim() ?? '',
    cores: cores.length,
    memoryBytes: BigInt(memoryBytes),
    gpuBytes: gpuBytes === null ? null : BigInt(gpuBytes),
    // Multiplied in hardware from compute capability 8 on.
    hasNativeBfloat16: gpu ? gpu.capability >= 8 : cpuHasNativeBfloat16,
    hasBitsandbytes: gpu !== null && (await hasBitsandbytes()),
  }
  return registerDevice(facts)
}

/** From a line such as `NVIDIA GeForce RTX 4090, 8.9`: name and compute capability. */
async function firstGpu(): Promise<{ label: string; capability: number } | null> {
  try {
    const { stdout } = await run('nvidia-smi', ['--query-gpu=name,compute_cap', '--format=csv,noheader,nounits', '--id=0'], { timeout: 10_000 })
    const [label = '', capability] = stdout.trim().split(/\s*,\s*/)
    return { label, capability: Number(capability) }
  } catch {
    return null
  }
}

/** Asked of the Python that would train; torch is not imported for it. */
async function hasBitsandbytes(): Promise<boolean> {
  const python = env().python
  const asked = 'import importlib.util as u, sys; sys.exit(0 if u.find_spec("bitsandbytes") else 1)'
  return run(python, ['-c', asked], { timeout: 10_000, env: plainEnvironment() }).then(
    () => true,
    () => false,
  )
}
