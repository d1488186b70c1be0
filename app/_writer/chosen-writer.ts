import { z } from 'zod'
import { parseForm } from '@/app/_guard/run-action'
import { resolveModel } from '@/lib/stages/models'
import type { ChosenWriter } from '@/lib/stages/writer'

const fields = z.discriminatedUnion('writer', [
  z.object({ writer: z.literal('engine'), engineModel: z.string().trim().min(1) }),
  z.object({ writer: z.literal('endpoint'), endpointId: z.uuid(), endpointModel: z.string().trim().min(1).max(200) }),
])

/** The writer that a form with WriterChoice names; a model of this machine is looked at and registered. */
export async function chosenWriterOf(form: FormData): Promise<ChosenWriter> {
  const chosen = await parseForm(fields, form)
  if (chosen.writer === 'endpoint') return { kind: 'endpoint', endpointId: chosen.endpointId, model: chosen.endpointModel }
  return { kind: 'engine', modelId: (await resolveModel(chosen.engineModel)).id }
}
