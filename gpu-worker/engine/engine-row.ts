import { log } from '@/lib/log'
import { changeEngine, engineRowLife, keepLoad, keepSeen, putEngine, type EngineChange, type EngineId, type EngineLoad, type NewEngine } from '@/lib/stages/engine/engine-row'
import { Paced } from '@/gpu-worker/attempt/paced'
import { isOutage } from '@/gpu-worker/outage'

/** How often the log of an engine that starts is worth another look, in milliseconds. */
const startingMs = 2_000

/**
 * What the studio knows of an engine. It is told of every change, later where the database is away; an engine never waits for it,
 * nor fails by it.
 */
export class EngineRow {
  private waiting: EngineChange = {}
  private readonly pace: Paced
  private beat: NodeJS.Timeout

  private constructor(private readonly id: EngineId) {
    this.pace = new Paced(() => this.write(), (error) => log.error({ err: error, engine: id.runId }, 'the state of the engine could not be written'))
    this.beat = this.seenEvery(startingMs)
  }

  static async open(engine: NewEngine): Promise<EngineRow> {
    const { device, owner, runId } = engine
    await putEngine(engine).catch((error: unknown) => log.warn({ err: error, engine: runId }, 'the start of the engine could not be written'))
    return new EngineRow({ device, owner, runId })
  }

  tell(change: EngineChange): void {
    this.waiting = { ...this.waiting, ...change }
    this.pace.touch()
  }

  load(load: EngineLoad): Promise<void> {
    return this.lightly(keepLoad(this.id, load))
  }

  /** From now on its log is no news by itself. */
  hasStarted(): void {
    clearInterval(this.beat)
    this.beat = this.seenEvery(engineRowLife.beatMs)
  }

  /** An engine may be busy for minutes and say nothing: that its worker is there, the worker says. */
  private seenEvery(ms: number): NodeJS.Timeout {
    return setInterval(() => void this.lightly(keepSeen(this.id)), ms).unref()
  }

  /** What the next such word makes up for is not tried again. */
  private async lightly(write: Promise<void>): Promise<void> {
    await write.catch((error: unknown) => {
      if (!isOutage(error)) log.warn({ err: error, engine: this.id.runId }, 'the load of the engine could not be written')
    })
  }

  async close(): Promise<void> {
    clearInterval(this.beat)
    await this.pace.close()
  }

  private async write(): Promise<void> {
    const change = this.waiting
    this.waiting = {}
    try {
      await changeEngine(this.id, change)
    } catch (error) {
      this.waiting = { ...change, ...this.waiting }
      throw error
    }
  }
}
