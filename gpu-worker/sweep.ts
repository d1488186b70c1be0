import { log } from '@/lib/log'
import { ring } from '@/lib/queue/enqueue'
import { releaseExpired, unrung } from '@/lib/queue/lease'
import { reapModelFiles } from '@/lib/stages/models/leftovers'
import { forgetClaims } from '@/lib/stages/premises/claims'
import { reapUploads } from '@/lib/stages/uploads/uploads'
import type { Lane } from '@/gpu-worker/lane'
import type { SearchUpkeep } from '@/gpu-worker/search-upkeep'

const everyMs = 5_000
/** Seconds after which a bell is taken for lost. */
const bellAge = 10
/** Minutes without a byte after which nobody is expected to send the rest of an upload: a day, because it can go on after the browser was closed. */
const uploadSilence = 24 * 60
/** Between two looks at what nothing points at any more, and minutes for which such a file is left alone. */
const tidyEveryMs = 10 * 60_000
const leftFor = 60

/**
 * What makes up for everything that can be lost: work whose owner is gone goes back, work without a bell is rung for,
 * and this worker's own lanes are woken, so that an emptied or absent queue delays nothing for long.
 */
export class Sweep {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private isRecovering = false
  private tidyAt = 0

  constructor(
    private readonly lanes: readonly Lane[],
    private readonly search: SearchUpkeep,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.run(), everyMs)
    void this.run()
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.running
  }

  run(): Promise<void> {
    this.running ??= this.once().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private async once(): Promise<void> {
    try {
      // First the own jobs' leases: after an outage of the database they may be over, but their owner is here.
      await Promise.all(this.lanes.flatMap((lane) => [...lane.running].map((job) => job.beat())))
      // After an outage other workers find the database again about now too: their leases get one more round.
      const released = this.isRecovering ? 0 : await releaseExpired()
      if (released > 0) log.warn({ released }, 'jobs were taken from workers that are gone')
      const waiting = await unrung(bellAge)
      this.isRecovering = false
      await Promise.all(waiting.map(ring))
      for (const lane of this.lanes) void lane.runNext()
      void this.search.wake()
      await reapUploads(uploadSilence)
      if (performance.now() < this.tidyAt) return
      await forgetClaims()
      await reapModelFiles(leftFor)
      this.tidyAt = performance.now() + tidyEveryMs
    } catch (error) {
      this.isRecovering = true
      log.warn({ err: error }, 'the sweep could not reach the database; it will be tried again')
    }
  }
}
