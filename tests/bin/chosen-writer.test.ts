import { describe, expect, it } from 'vitest'
import { chosenWriterOf } from '@/bin/whole-job/chosen-writer'
import { db } from '@/lib/db'
import { serversOf } from '@/lib/llm/endpoints'
import { useStudio } from '@/tests/support/studio'

useStudio()
const endpoint = { kind: 'endpoint', baseUrl: 'http://localhost:8000/v1', model: 'writer', keyFrom: 'WRITERS_KEY' } as const

describe('the writer that a config names', () => {
  it('is an endpoint with the key that the environment holds, stored sealed', async () => {
    await expect(chosenWriterOf(endpoint, 'chat')).rejects.toMatchObject({ code: 'endpoint.no-key', params: { variable: 'WRITERS_KEY', url: endpoint.baseUrl } })
    process.env.WRITERS_KEY = 'sk-from-the-environment'
    const writer = await chosenWriterOf(endpoint, 'chat')
    if (writer.kind !== 'endpoint') throw new Error('Not an endpoint')
    expect((await serversOf(writer.endpointId, writer.model))[0]).toEqual({ baseUrl: endpoint.baseUrl, key: 'sk-from-the-environment', model: 'writer' })
    expect(await chosenWriterOf(endpoint, 'chat')).toEqual(writer)
    const open = await chosenWriterOf({ ...endpoint, keyFrom: null }, 'chat')
    if (open.kind !== 'endpoint') throw new Error('Not an endpoint')
    expect((await serversOf(open.endpointId, 'writer'))[0]).toMatchObject({ key: null })
    expect(await chosenWriterOf(endpoint, 'completions')).not.toEqual(writer)
    delete process.env.WRITERS_KEY
  })

  it('is the model of this job only once there is one', async () => {
    await expect(chosenWriterOf({ kind: 'tuned' }, 'chat')).rejects.toMatchObject({ code: 'run.missing' })
    const model = await db().model.create({ data: { kind: 'merged', name: 'm', directory: 'models/merged/x' } })
    expect(await chosenWriterOf({ kind: 'tuned' }, 'chat', model)).toEqual({ kind: 'engine', modelId: model.id })
    await expect(chosenWriterOf({ kind: 'engine', model: 'nobody' }, 'chat')).rejects.toMatchObject({ code: 'model.unknown' })
  })
})
