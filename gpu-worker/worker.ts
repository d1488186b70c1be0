import { closeDb } from '@/lib/db'
import { env } from '@/lib/env'
import { listen, type Change } from '@/lib/events'
import { log } from '@/lib/log'
import { closeQueues } from '@/lib/queue/enqueue'
import { hearBells } from '@/gpu-worker/bells'
import { thisDevice } from '@/gpu-worker/device'
import { warmEngine } from '@/gpu-worker/engine/warm-engine'
import { registerThisDevice } from '@/gpu-worker/device-row'
import { Lane } from '@/gpu-worker/lane'
import { measureDeviceWhenIdle } from '@/gpu-worker/measure-device'
import { throughOutage } from '@/gpu-worker/outage'
import { owner } from '@/gpu-worker/owner'
import { recover } from '@/gpu-worker/recover'
import type { Handlers } from '@/gpu-worker/run-job'
import { SearchUpkeep } from '@/gpu-worker/search-upkeep'
import { Sweep } from '@/gpu-worker/sweep'

export type RunningWorker = {
  /** Takes no more work, puts running jobs back and closes every connection. */
  stop(): Promise<void>
}

/** Jobs that may use the device's engine side by side; whoever needs the device itself runs alone, which PostgreSQL sees to. */
const sharers = 4

/** Opens the two lanes. Resolves once it hears bells and has recovered what a dead predecessor left. */
export async function startWorker(handlers: Handlers): Promise<RunningWorker> {
  const device = await thisDevice()
  await recover()
  await registerThisDevice()
  const cpu = new Lane('cpu', env().cpuLanes, null, handlers)
  const gpu = new Lane('gpu', sharers, device.name, handlers)
  const lanes = [cpu, gpu]
  const running = () => lanes.flatMap((lane) => [...lane.running])

  const hearEngine = () => void warmEngine.hearRequests().catch((error: unknown) => log.warn({ err: error }, 'what is asked of the engine could not be read'))
  const onChange = (change: Change) => {
    if (change.topic === 'engine' && change.id === device.name) hearEngine()
    if (change.topic !== 'stop' && change.topic !== 'steer') return
    for (const job of running()) if (job.jobId === change.id) void job.beat()
  }
  const onReconnect = () => {
    hearEngine()
    for (const job of running()) void job.beat()
  }
  const listener = await throughOutage(() => listen(env().databaseUrl, onChange, onReconnect))
  const bells = [hearBells(cpu, env().cpuLanes), hearBells(gpu, sharers)]
  const search = new SearchUpkeep()
  const sweep = new Sweep(lanes, search)
  sweep.start()
  const measuring = measureDeviceWhenIdle(() => running().length > 0 || warmEngine.isUp)
  log.info({ owner, device: device.name, cpuLanes: env().cpuLanes }, 'worker ready')

  return {
    async stop() {
      measuring.stop()
      const lanesStopped = Promise.all(lanes.map((lane) => lane.stop()))
      await Promise.all([sweep.stop(), search.stop()])
      await lanesStopped
      await warmEngine.stop()
      await Promise.all(bells.map((bell) => bell.close(2_000)))
      await Promise.allSettled([listener.close(), closeQueues()])
      await closeDb()
    },
  }
}
