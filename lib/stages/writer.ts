import { z } from 'zod'

/** Who writes, once chosen: a model of this machine or a model behind an endpoint. Rows carry the ids, settings the name asked for. */
export const chosenWriter = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('engine'), modelId: z.uuid() }),
  z.strictObject({ kind: z.literal('endpoint'), endpointId: z.uuid(), model: z.string().trim().min(1).max(200) }),
])

export type ChosenWriter = z.infer<typeof chosenWriter>

/** Where a run's row keeps its writer: one of the two columns is set. The endpoint's model stays in the settings. */
export function writerColumns(writer: ChosenWriter): { modelId: string } | { endpointId: string } {
  return writer.kind === 'engine' ? { modelId: writer.modelId } : { endpointId: writer.endpointId }
}
