import { randomUUID } from 'node:crypto'
import { asMolianError, MolianError } from '@/lib/errors'
import type { Attempt } from '@/lib/queue/attempt'
import { thisDevice } from '@/gpu-worker/device'
import { loadAdapter, type NamedAdapter } from '@/gpu-worker/engine/adapters'
import { EngineRow } from '@/gpu-worker/engine/engine-row'
import { pruneLogs } from '@/gpu-worker/engine/logs'
import { parallelSizesFor } from '@/gpu-worker/engine/parallel'
import type { ServedModel } from '@/gpu-worker/engine/settings'
import { startEngine, type Engine } from '@/gpu-worker/engine/start'
import { hungAfterMinutes, watchEngine } from '@/gpu-worker/engine/watch'
import { owner } from '@/gpu-worker/owner'

/** A model with what says whether a running engine still serves it: its weights' hash, and a print of its folder's other files. */
export type WantedModel = ServedModel & { sha256: string; print: string }

/** One vLLM with one model, from its start to its end; used by any number of jobs at once. */
export class RunningEngine {
  /** Jobs that use it now. */
  users = 0
  private readonly ended = new AbortController()
  private readonly adapters = new Map<string, { servedName: string; loaded: Promise<void> }>()
  private readonly watch: { close(): void }
  private ending: Promise<void> | undefined

  private constructor(
    readonly model: WantedModel,
    private readonly engine: Engine,
    private readonly row: EngineRow,
    onDeath: (error: MolianError) => { deaths: number; retryAt: Date },
  ) {
    const die = (error: MolianError) => {
      if (this.ending || this.ended.signal.aborted) return
      this.watch.close()
      this.ended.abort(error)
      row.tell({ state: 'failed', error, endedAt: new Date(), idleUntil: null, adapters: [], ...onDeath(error) })
      void engine.stop().then(() => row.close())
    }
    engine.died.catch((error: unknown) => die(asMolianError(error)))
    this.watch = watchEngine(engine.baseUrl, () => this.users > 0, (load) => row.load(load), () => die(new MolianError('engine.hung', { minutes: hungAfterMinutes })))
  }

  /** Throws what startEngine throws; the device's row says how far it is. `onDeath` is told of an end that nobody asked for. */
  static async start(model: WantedModel, by: Pick<Attempt, 'signal' | 'log'>, deaths: number, onDeath: (error: MolianError) => { deaths: number; retryAt: Date }): Promise<RunningEngine> {
    const device = await thisDevice()
    const runId = randomUUID()
    const parallel = await parallelSizesFor(device, model.modelDirectory)
    await pruneLogs()
    const { modelDirectory, servedName, sha256, maxModelLength, adapterRank = 0 } = model
    const row = await EngineRow.open({
      device: device.name, owner, runId, modelDirectory, servedName, sha256, context: maxModelLength, adapterRank,
      tensorParallel: parallel.tensor, dataParallel: parallel.data, deaths,
    })
    try {
      const engine = await startEngine(model, { jobId: runId, epoch: 1, signal: by.signal, log: by.log }, parallel)
      row.tell({ state: 'ready', readyAt: new Date() })
      row.hasStarted()
      return new RunningEngine(model, engine, row, onDeath)
    } catch (error) {
      row.tell({ endedAt: new Date(), ...(by.signal.aborted ? { state: 'stopped' } : { state: 'failed', error: asMolianError(error) }) })
      await row.close()
      throw error
    }
  }

  get baseUrl(): string {
    return this.engine.baseUrl
  }

  /** Aborted, with why, when the engine has ended. */
  get dead(): AbortSignal {
    return this.ended.signal
  }

  /** Whether it can do what is wanted without being started anew. */
  serves(wanted: WantedModel): boolean {
    const { model } = this
    return (
      !this.dead.aborted &&
      model.modelDirectory === wanted.modelDirectory && model.servedName === wanted.servedName && model.sha256 === wanted.sha256 && model.print === wanted.print &&
      (model.prefixCaching ?? true) === (wanted.prefixCaching ?? true) &&
      model.maxModelLength >= wanted.maxModelLength &&
      (model.adapterRank ?? 0) >= (wanted.adapterRank ?? 0)
    )
  }

  /** Loads an adapter, once; resolves with the name under which the engine answers with it. Throws adapter.not-served. */
  async adapter({ name, directory }: NamedAdapter): Promise<string> {
    const known = this.adapters.get(directory)
    if (known) {
      await known.loaded
      return known.servedName
    }
    const servedName = this.freeName(name)
    const loaded = loadAdapter(this.baseUrl, servedName, directory, this.dead)
    this.adapters.set(directory, { servedName, loaded })
    try {
      await loaded
    } catch (error) {
      this.adapters.delete(directory)
      throw error
    }
    this.row.tell({ adapters: [...this.adapters.values()].map((each) => each.servedName) })
    return servedName
  }

  /** Says until when it waits for the next user; null while it is used. */
  waitsUntil(idleUntil: Date | null): void {
    this.row.tell({ idleUntil })
  }

  /** A wish to have it stopped that cannot be met now. */
  refuseStop(): void {
    this.row.tell({ stopRequested: false })
  }

  /** Ends it; whoever still uses it hears so. Resolves when nothing of it is left. */
  async end(): Promise<void> {
    this.ending ??= this.endOnce()
    await this.ending
  }

  private async endOnce(): Promise<void> {
    if (this.dead.aborted) return
    this.watch.close()
    this.row.tell({ state: 'stopping', idleUntil: null })
    await this.engine.stop()
    this.ended.abort(new Error('The engine was ended'))
    this.row.tell({ state: 'stopped', endedAt: new Date(), adapters: [], stopRequested: false })
    await this.row.close()
  }

  private freeName(wanted: string): string {
    const taken = new Set([this.model.servedName, ...[...this.adapters.values()].map(({ servedName }) => servedName)])
    for (let number = 2, name = wanted; ; number += 1) {
      if (!taken.has(name)) return name
      name = `${wanted} (${number})`
    }
  }
}
