import { setTimeout as pause } from 'node:timers/promises'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { log } from '@/lib/log'
import { contextLimit } from '@/lib/models/context-limit'
import type { Attempt } from '@/lib/queue/attempt'
import { engineRowLife, findEngine, requestEngineStop } from '@/lib/stages/engine/engine-row'
import { thisDevice } from '@/gpu-worker/device'
import { RunningEngine, type WantedModel } from '@/gpu-worker/engine/running-engine'
import { roomyContext } from '@/gpu-worker/engine/settings'
import { orAborted, Turns } from '@/gpu-worker/engine/turns'
import { isDeadHere, owner } from '@/gpu-worker/owner'

/** Longest wait before an engine that died is started again. */
const longestBackOffMs = 60_000

/**
 * The one owner of vLLM in a worker. It starts an engine when a job wants one, lets others that want the same use it too, keeps it warm
 * for a while when nobody does, and ends it for whoever needs another model or the device itself.
 */
export class WarmEngine {
  private readonly turns = new Turns()
  private running: RunningEngine | null = null
  private idle: NodeJS.Timeout | undefined
  private freed: (() => void) | undefined
  private deaths = 0
  private diedAt = 0

  /** Whether there is an engine, used or not. */
  get isUp(): boolean {
    return this.running !== null
  }

  /**
   * An engine that serves what is wanted, held for the caller until it is left. Waits, in turn, for those who use one that does not;
   * throws the attempt's reason when that is aborted, and what starting an engine throws.
   */
  async enter(wanted: WantedModel, attempt: Pick<Attempt, 'signal' | 'log'>): Promise<RunningEngine> {
    return this.turns.take(async () => {
      if (!this.running?.serves(wanted)) {
        await this.untilUnused(attempt.signal)
        await this.endRunning()
        await this.backOff(attempt)
        await this.othersGone(attempt.signal)
        this.running = await this.start(wanted, attempt)
      }
      const { running } = this
      clearTimeout(this.idle)
      running.users += 1
      if (running.users === 1) running.waitsUntil(null)
      return running
    }, attempt.signal)
  }

  /** Ends the caller's use. The engine stays for the next, for as long as it is set, unless it is dead. */
  async leave(running: RunningEngine, wasWell: boolean): Promise<void> {
    running.users -= 1
    if (wasWell && !running.dead.aborted) this.deaths = 0
    if (running.users > 0) return
    this.freed?.()
    if (running !== this.running || running.dead.aborted) return
    const idleMs = env().engineIdleMinutes * 60_000
    if (idleMs === 0) return this.endIfUnused()
    running.waitsUntil(new Date(Date.now() + idleMs))
    clearTimeout(this.idle)
    this.idle = setTimeout(() => void this.endIfUnused(), idleMs)
    this.idle.unref()
  }

  /** For a job that needs the device itself: ends the engine, and that of another worker of the same device. */
  async giveWay(signal: AbortSignal): Promise<void> {
    await this.turns.take(async () => {
      await this.endRunning()
      await this.othersGone(signal)
    }, signal)
  }

  /** Ends the engine whoever uses it: the worker goes away. */
  async stop(): Promise<void> {
    await this.turns.take(() => this.endRunning())
  }

  /** Looks whether somebody asks that the engine be ended; it is, unless it is used. */
  async hearRequests(): Promise<void> {
    if (!this.running) return
    const row = await findEngine((await thisDevice()).name)
    if (!row?.stopRequested || row.owner !== owner || !this.running) return
    if (this.running.users > 0) this.running.refuseStop()
    else await this.endIfUnused()
  }

  private async endIfUnused(): Promise<void> {
    await this.turns.take(async () => {
      if (this.running?.users === 0) await this.endRunning()
    })
  }

  private async endRunning(): Promise<void> {
    clearTimeout(this.idle)
    const { running } = this
    this.running = null
    await running?.end()
  }

  private async untilUnused(signal: AbortSignal): Promise<void> {
    while (this.running && this.running.users > 0) await orAborted(new Promise<void>((resolve) => (this.freed = resolve)), signal)
  }

  /** With more context than was asked for, so that the next job finds it long enough; with no more than that where the device has no room for it. */
  private async start(wanted: WantedModel, attempt: Pick<Attempt, 'signal' | 'log'>): Promise<RunningEngine> {
    const roomy = { ...wanted, maxModelLength: roomyContext(wanted.maxModelLength, await contextLimit(wanted.modelDirectory), await thisDevice()) }
    const onDeath = () => {
      this.deaths += 1
      this.diedAt = Date.now()
      if (this.running?.dead.aborted) this.running = null
      return { deaths: this.deaths, retryAt: new Date(this.diedAt + backOffMs(this.deaths)) }
    }
    try {
      return await RunningEngine.start(roomy, attempt, this.deaths, onDeath)
    } catch (error) {
      // Memory that ran out while it started may be free again a while later.
      if (error instanceof MolianError && error.code === 'engine.killed') onDeath()
      const isTooLong = error instanceof MolianError && error.code === 'engine.not-ready' && /KV cache/i.test(String(error.params.reason))
      if (!isTooLong || roomy.maxModelLength <= wanted.maxModelLength) throw error
      return RunningEngine.start(wanted, attempt, this.deaths, onDeath)
    }
  }

  private async backOff({ signal, log: say }: Pick<Attempt, 'signal' | 'log'>): Promise<void> {
    const waitMs = this.deaths === 0 ? 0 : this.diedAt + backOffMs(this.deaths) - Date.now()
    if (waitMs <= 0) return
    say('worker', `The engine ended ${this.deaths} times in a row; it is started again in ${Math.ceil(waitMs / 1000)} s`)
    await pause(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted())
  }

  /** Another worker of the same device may keep an engine warm there: it is asked to end it. */
  private async othersGone(signal: AbortSignal): Promise<void> {
    const device = (await thisDevice()).name
    for (let looks = 0; ; looks += 1) {
      const row = await findEngine(device)
      const isUp = row && row.owner !== owner && (row.state === 'starting' || row.state === 'ready' || row.state === 'stopping')
      if (!isUp || isDeadHere(row.owner) || Date.now() - row.seenAt.getTime() > engineRowLife.silentMs) return
      // Again now and then: while it is used there the wish is refused.
      if (looks % 20 === 0) {
        log.info({ device, of: row.owner }, 'another worker is asked to end its engine')
        await requestEngineStop(device)
      }
      await pause(250, undefined, { signal }).catch(() => signal.throwIfAborted())
    }
  }
}

function backOffMs(deaths: number): number {
  return Math.min(longestBackOffMs, 1000 * 2 ** deaths)
}

/** This process's own. */
export const warmEngine = new WarmEngine()
