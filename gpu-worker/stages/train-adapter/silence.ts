/** Milliseconds without a word that are never too long; a run that has been slower before is given more. */
export const silenceMs = 10 * 60_000
const lookEveryMs = 15_000

/**
 * Notices that a child has said nothing for long: longer than `allowedMs`, and than five times its longest pause so far.
 * Says so once, and again when it is heard of anew. It ends nothing: what hangs and what is only slow a person must tell apart.
 */
export class Silence {
  private lastHeard = Date.now()
  private longestPause = 0
  private isSilent = false
  private readonly timer: NodeJS.Timeout

  constructor(
    private readonly say: (minutes: number) => void,
    private readonly allowedMs = silenceMs,
    lookEvery = lookEveryMs,
  ) {
    this.timer = setInterval(() => this.look(), lookEvery)
  }

  heard(): void {
    const now = Date.now()
    this.longestPause = Math.max(this.longestPause, now - this.lastHeard)
    this.lastHeard = now
    this.isSilent = false
  }

  close(): void {
    clearInterval(this.timer)
  }

  private look(): void {
    const pause = Date.now() - this.lastHeard
    if (this.isSilent || pause <= Math.max(this.allowedMs, 5 * this.longestPause)) return
    this.isSilent = true
    this.say(Math.round(pause / 60_000))
  }
}
