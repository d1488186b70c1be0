import { log } from '@/lib/log'
import { indexChapters } from '@/lib/stages/search/search-index'
import { isOutage } from '@/gpu-worker/outage'

/**
 * Keeps the search index up to the novels, beside the jobs and never in their way: the sweep wakes it, and it works while
 * there are chapters that cannot be found. It is no job, because there is nothing to start, to wait for or to cancel.
 */
export class SearchUpkeep {
  private readonly aborter = new AbortController()
  private running: Promise<void> | undefined

  /** Resolves when there is nothing left to do, or it was stopped. */
  wake(): Promise<void> {
    if (this.aborter.signal.aborted) return Promise.resolve()
    this.running ??= this.once().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  async stop(): Promise<void> {
    this.aborter.abort()
    await this.running
  }

  private async once(): Promise<void> {
    try {
      const chapters = await indexChapters(this.aborter.signal)
      if (chapters > 0) log.info({ chapters }, 'chapters were added to the search index')
    } catch (error) {
      if (!isOutage(error)) log.error({ err: error }, 'chapters could not be added to the search index; they will be tried again')
    }
  }
}
