import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { asMolianError, MolianError } from '@/lib/errors'
import { limitsOf, serversOf } from '@/lib/llm/endpoints'
import { limiterOf } from '@/lib/llm/limiter/shared'
import { inspectModelFolder } from '@/lib/models/folder'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { modelDirectory } from '@/lib/stages/models'
import { adapterName, baseOf } from '@/lib/stages/models/merging'
import { columnSettings } from '@/lib/stages/playground/plays'
import { rankFor } from '@/gpu-worker/engine/adapters'
import { withEngine, type EngineServer } from '@/gpu-worker/engine/with-engine'
import { contextFor } from '@/gpu-worker/engine/with-writer'
import { openColumns, stopsOf, type OpenColumn } from '@/gpu-worker/stages/play/open-columns'
import { writeColumn, type ColumnServer } from '@/gpu-worker/stages/play/write-column'

/** A first word may wait until a row of a batch that uses the same engine is finished, though it is the next. */
const enginePatience = { firstWordMs: 3600_000, silenceMs: 300_000, retries: 0 }
/** Rows of a batch have 0. */
const beforeRows = -1
const endpointPatience = { firstWordMs: 300_000, silenceMs: 120_000, retries: 2 }

/**
 * Has the columns of a play that are this job's written side by side, each in its row as it grows. Fails, with the first reason, only
 * when nothing came of any of them.
 */
export const play: Handler = async (attempt) => {
  const columns = await openColumns(attempt)
  const stopOf = stopsOf(attempt, columns)
  const total = await db().playColumn.count({ where: { jobId: attempt.jobId } })
  let done = total - columns.length
  let failure: MolianError | null = null
  const progress = () => attempt.progress({ done, total, phase: 'writing' })

  async function write(column: OpenColumn, open: () => Promise<ColumnServer>): Promise<void> {
    const error = await writeColumn(attempt, column, stopOf(column.place), open)
    failure ??= error
    done += 1
    progress()
  }

  const endpoints = columns.filter(({ endpointId, settings }) => endpointId !== null || columnSettings.parse(settings).writer.kind === 'endpoint')
  await Promise.all([
    ...endpoints.map((column) => write(column, () => endpointOf(attempt, column))),
    writeByEngine(attempt, columns.filter((column) => !endpoints.includes(column)), stopOf, write, progress),
  ])

  const states = await db().playColumn.groupBy({ by: ['state'], where: { jobId: attempt.jobId }, _count: true })
  const count = (state: string) => states.find((row) => row.state === state)?._count ?? 0
  if (count('written') + count('stopped') === 0) throw failure ?? new MolianError('run.missing', { what: 'play' })
  return { total, good: count('written'), stopped: count('stopped'), failed: count('failed') }
}

async function endpointOf(attempt: Attempt, { settings }: OpenColumn): Promise<ColumnServer> {
  const { writer } = columnSettings.parse(settings)
  if (writer.kind !== 'endpoint') throw new MolianError('run.missing', { what: 'model' })
  const [servers, limits] = await Promise.all([serversOf(writer.endpointId, writer.model), limitsOf(writer.endpointId)])
  const patience = { ...endpointPatience, limiterOf: (baseUrl: string) => limiterOf(writer.endpointId, baseUrl, limits) }
  return { servers, served: null, weights: { sha256: null, baseSha256: null }, patience, signal: attempt.signal }
}

/** Columns of one model, with its adapters, by one engine; it is not waited for any longer once all of them are stopped. */
async function writeByEngine(
  attempt: Attempt,
  columns: readonly OpenColumn[],
  stopOf: (place: number) => AbortSignal,
  write: (column: OpenColumn, open: () => Promise<ColumnServer>) => Promise<void>,
  onReady: () => void,
): Promise<void> {
  if (columns.length === 0) return
  const refused = new Map<OpenColumn, MolianError>()
  for (const column of columns) await served(column).catch((error: unknown) => refused.set(column, asMolianError(error)))
  const taken = columns.filter((column) => !refused.has(column))
  const refusals = [...refused].map(([column, error]) => write(column, () => Promise.reject(error)))
  const [first] = taken
  if (first) {
    const begun = new Map<OpenColumn, Promise<void>>()
    try {
      const { model } = await served(first)
      const adapters = (await Promise.all(taken.map(served))).flatMap(({ adapter }) => adapter ?? [])
      const unwanted = everyOf(taken.map(({ place }) => stopOf(place)))
      const waiting = { ...attempt, signal: AbortSignal.any([attempt.signal, unwanted]) }
      await withEngine({ modelDirectory: modelDirectory(model), servedName: model.name, maxModelLength: contextOf(taken), attempt: waiting, adapters }, async (engine) => {
        onReady()
        for (const column of taken) begun.set(column, write(column, () => columnServer(engine, column)))
        await Promise.all(begun.values())
      })
    } catch (error) {
      attempt.signal.throwIfAborted()
      // Of an engine that could not be had, or that has died, each of its columns says so by itself.
      await Promise.all(taken.map((column) => begun.get(column) ?? write(column, () => Promise.reject(error))))
    }
  }
  await Promise.all(refusals)
}

/** What a column is served by: its model, or its adapter on its base. Throws for a folder that is gone, and for an adapter that the engine cannot take. */
async function served({ model, adapter }: OpenColumn) {
  const base = model ?? (adapter && baseOf(adapter))
  if (!base) throw new MolianError('run.missing', { what: 'model' })
  if (base.deletedAt) throw new MolianError('model.deleted', { name: base.name })
  await inspectModelFolder(modelDirectory(base))
  if (!adapter) return { model: base, adapter: null }
  const named = { name: adapterName(adapter), directory: inHome(adapter.directory) }
  if (adapter.deletedAt) throw new MolianError('adapter.deleted', { name: named.name })
  await rankFor([named])
  return { model: base, adapter: named }
}

async function columnServer(engine: EngineServer, column: OpenColumn): Promise<ColumnServer> {
  const { adapter } = await served(column)
  const name = adapter ? await engine.adapter(adapter) : engine.servedName
  const weights = adapter ? { sha256: column.adapter?.sha256 ?? null, baseSha256: engine.weightsSha256 } : { sha256: engine.weightsSha256, baseSha256: null }
  return { servers: [{ baseUrl: engine.baseUrl, key: null, model: name }], served: name, priority: beforeRows, weights, patience: enginePatience, signal: engine.signal }
}

function contextOf(columns: readonly OpenColumn[]): number {
  const longest = columns.map(({ play: { premise, instruction }, promptVersion, settings }) =>
    contextFor({ characters: promptVersion.system.length + promptVersion.template.length + premise.length + instruction.length, maxTokens: columnSettings.parse(settings).sampling.maxTokens }),
  )
  return Math.max(...longest)
}

/** Aborts once all of them have. */
function everyOf(signals: readonly AbortSignal[]): AbortSignal {
  const every = new AbortController()
  const look = () => {
    if (signals.every((signal) => signal.aborted)) every.abort(new Error('stopped by a person'))
  }
  for (const signal of signals) signal.addEventListener('abort', look, { once: true })
  look()
  return every.signal
}
