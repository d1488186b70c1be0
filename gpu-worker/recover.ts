import { log } from '@/lib/log'
import { owners, releaseExpired } from '@/lib/queue/lease'
import { closeEnginesOf, engineOwners } from '@/lib/stages/engine/engine-row'
import { throughOutage } from '@/gpu-worker/outage'
import { isDeadHere } from '@/gpu-worker/owner'
import { endMarked } from '@/gpu-worker/process/marked'

/** At boot: ends what dead workers of this machine have left running and puts their jobs back at once, before any lease is over. */
export async function recover(): Promise<void> {
  const ended = await endMarked((process) => process.owner !== '' && isDeadHere(process.owner))
  const released = await throughOutage(async () => {
    const dead = (await owners()).filter(isDeadHere)
    await closeEnginesOf((await engineOwners()).filter(isDeadHere))
    return dead.length > 0 ? releaseExpired(dead) : 0
  })
  if (ended > 0 || released > 0) log.warn({ processes: ended, jobs: released }, 'recovered from a worker that died')
}
