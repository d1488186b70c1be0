import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { keepRates, latestDevice } from '@/lib/stages/devices'
import { plainEnvironment } from '@/gpu-worker/process/environment'
import { pythonDirectory } from '@/gpu-worker/process/spawn'

const rates = z.object({ float32_rate: z.number().positive(), bfloat16_rate: z.number().positive().nullable() })

/** After the start, until the first jobs have begun; tries again while the device is busy. */
const pauseMs = 30_000

/**
 * Measures, once for a device, how fast it multiplies matrices: what a forecast of time goes by before a first run has
 * ended here. Waits until nothing runs on it; returns what ends the waiting.
 */
export function measureDeviceWhenIdle(isBusy: () => boolean): { stop(): void } {
  const abort = new AbortController()
  const timer = setInterval(() => {
    if (isBusy()) return
    clearInterval(timer)
    void measure(abort.signal).catch((error: unknown) => log.warn({ err: error }, 'the device could not be measured'))
  }, pauseMs)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      abort.abort()
    },
  }
}

async function measure(signal: AbortSignal): Promise<void> {
  const device = await latestDevice()
  if (!device || device.measuredAt !== null) return
  const { stdout } = await promisify(execFile)(env().python, [path.join(pythonDirectory, 'measure_device.py')], { signal, timeout: 120_000, env: plainEnvironment() })
  const { float32_rate: float32Rate, bfloat16_rate: bfloat16Rate } = rates.parse(JSON.parse(stdout))
  if (!signal.aborted) await keepRates(device.name, { float32Rate, bfloat16Rate })
}
