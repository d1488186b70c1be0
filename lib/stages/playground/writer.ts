import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { endpointName } from '@/lib/llm/endpoints'
import type { JobWriter } from '@/lib/queue/enqueue'
import { adapterName, baseOf, withOrigin } from '@/lib/stages/models/merging'
import { chosenWriter } from '@/lib/stages/writer'

/** Who writes a column: a model of this machine, one behind an endpoint, or a base with an adapter beside it, unmerged. */
export const playWriter = z.discriminatedUnion('kind', [...chosenWriter.options, z.strictObject({ kind: z.literal('adapter'), adapterId: z.uuid() })])

export type PlayWriter = z.infer<typeof playWriter>

/** A writer as a column's row has it: its own column, its name for people, and what its job needs. */
export type PlacedWriter = {
  columns: { modelId: string } | { adapterId: string } | { endpointId: string }
  name: string
  /** A base and its adapters need the same engine; endpoints need none. */
  job: JobWriter
}

/** Looks the writer up. Throws run.missing, model.deleted, adapter.deleted and endpoint.missing. */
export async function placedWriter(writer: PlayWriter): Promise<PlacedWriter> {
  switch (writer.kind) {
    case 'endpoint':
      return { columns: { endpointId: writer.endpointId }, name: `${writer.model} · ${await endpointName(writer.endpointId)}`, job: { kind: 'endpoint' } }
    case 'engine': {
      const model = await db().model.findUnique({ where: { id: writer.modelId } })
      if (!model) throw new MolianError('run.missing', { what: 'model' })
      if (model.deletedAt) throw new MolianError('model.deleted', { name: model.name })
      return { columns: { modelId: model.id }, name: model.name, job: { kind: 'engine', modelId: model.id } }
    }
    case 'adapter': {
      const adapter = await db().adapter.findUnique({ where: { id: writer.adapterId }, include: withOrigin })
      if (!adapter) throw new MolianError('run.missing', { what: 'adapter' })
      const [base, name] = [baseOf(adapter), adapterName(adapter)]
      if (adapter.deletedAt) throw new MolianError('adapter.deleted', { name })
      if (base.deletedAt) throw new MolianError('model.deleted', { name: base.name })
      return { columns: { adapterId: adapter.id }, name: `${base.name} + ${name}`, job: { kind: 'engine', modelId: base.id } }
    }
  }
}

/** The prompt version that an adapter, or the model merged of one, was trained with in this project; null where it was not. Throws run.missing. */
export async function trainedWith(projectId: string, adapterId: string): Promise<string | null> {
  const adapter = await db().adapter.findUnique({ where: { id: adapterId }, select: { trainingRun: { select: { projectId: true, promptVersionId: true } } } })
  if (!adapter) throw new MolianError('run.missing', { what: 'adapter' })
  return adapter.trainingRun?.projectId === projectId ? adapter.trainingRun.promptVersionId : null
}
