import { MolianError } from '@/lib/errors'
import type { Model } from '@/lib/generated/prisma/client'
import { endpointAt } from '@/lib/llm/endpoints'
import type { PremiseWriter, StoryWriter } from '@/lib/settings/writer'
import { resolveModel } from '@/lib/stages/models'
import type { ChosenWriter } from '@/lib/stages/writer'

/** The writer that a config names, as rows: models registered, endpoints stored with their key sealed. */
export async function chosenWriterOf(writer: PremiseWriter | StoryWriter, style: 'chat' | 'completions', tuned?: Model): Promise<ChosenWriter> {
  switch (writer.kind) {
    case 'engine':
      return { kind: 'engine', modelId: (await resolveModel(writer.model)).id }
    case 'tuned':
      if (!tuned) throw new MolianError('run.missing', { what: 'merged model' })
      return { kind: 'engine', modelId: tuned.id }
    case 'endpoint': {
      const key = writer.keyFrom === null ? null : (process.env[writer.keyFrom] ?? '')
      if (writer.keyFrom !== null && !key) throw new MolianError('endpoint.no-key', { variable: writer.keyFrom, url: writer.baseUrl })
      return { kind: 'endpoint', endpointId: (await endpointAt(writer.baseUrl, style, key)).id, model: writer.model }
    }
  }
}
