import { isOutage } from '@/gpu-worker/outage'

/**
 * Calls `flush` soon after `touch`, never twice at once and never within `gapMs` of the last time, so that a thousand
 * changes a second become four writes. While the database is away it keeps trying; any other failure goes to `onFailure`, once.
 */
export class Paced {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private lastEnd = 0
  private isTouched = false
  private isClosed = false

  constructor(
    private readonly flush: () => Promise<void>,
    private readonly onFailure: (error: unknown) => void,
    private readonly gapMs = 250,
  ) {}

  touch(): void {
    if (this.isClosed) return
    this.isTouched = true
    this.schedule(Math.max(0, this.lastEnd + this.gapMs - Date.now()))
  }

  /** Writes what is left, for at most `limitMs`, and takes nothing more. */
  async close(limitMs = 10_000): Promise<void> {
    const deadline = Date.now() + limitMs
    while ((this.isTouched || this.running) && !this.isClosed && Date.now() < deadline) {
      this.schedule(0)
      await Promise.race([this.running, new Promise((resolve) => setTimeout(resolve, 20))])
    }
    this.isClosed = true
    clearTimeout(this.timer)
  }

  private schedule(delay: number): void {
    if (this.running) return
    if (delay === 0) {
      clearTimeout(this.timer)
      this.timer = undefined
      this.running = this.once()
      return
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.schedule(0)
    }, delay)
  }

  private async once(): Promise<void> {
    this.isTouched = false
    try {
      await this.flush()
      this.lastEnd = Date.now()
    } catch (error) {
      if (isOutage(error)) {
        this.isTouched = true
        this.lastEnd = Date.now() + 750
      } else {
        this.isClosed = true
        this.onFailure(error)
      }
    }
    this.running = undefined
    if (this.isTouched && !this.isClosed) this.schedule(Math.max(1, this.lastEnd + this.gapMs - Date.now()))
  }
}
