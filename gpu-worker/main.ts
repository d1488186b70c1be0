import { log } from '@/lib/log'
import { handlers } from '@/gpu-worker/handlers'
import { startWorker } from '@/gpu-worker/worker'

/** Longest time from being asked to end to having ended. */
const graceMs = 20_000

async function main(): Promise<void> {
  const starting = startWorker(handlers)
  let isEnding = false

  async function end(why: string): Promise<void> {
    if (isEnding) return
    isEnding = true
    log.info({ why }, 'worker is ending')
    setTimeout(() => {
      log.error('not everything ended within the grace period')
      process.exit(1)
    }, graceMs).unref()
    const worker = await starting
    await worker.stop()
    log.info('worker ended')
    process.exit(0)
  }

  process.on('SIGTERM', () => void end('SIGTERM'))
  process.on('SIGINT', () => void end('SIGINT'))
  await starting
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, 'the worker could not start')
  process.exit(1)
})
