import { describe, expect, it } from 'vitest'
import { chosen } from '@/bin/whole-job/run-stages'
import { db } from '@/lib/db'
import { serverOf } from '@/lib/llm/endpoints'
import { useStudio } from '@/tests/support/studio'

useStudio()
const endpoint = { kind: 'endpoint', baseUrl: 'http://localhost:8000/v1', model: 'writer', keyFrom: 'WRITERS_KEY' } as const

describe('the writer that a config names', () => {
  it('is an endpoint with the key that the environment holds, stored sealed', async () => {
    await expect(chosen(endpoint, 'chat')).rejects.toMatchObject({ code: 'endpoint.no-key', params: { variable: 'WRITERS_KEY', url: endpoint.baseUrl } })
    process.env.WRITERS_KEY = 'sk-from-the-environment'
    const writer = await chosen(endpoint, 'chat')
    if (writer.kind !== 'endpoint') throw new Error('Not an endpoint')
    expect(await serverOf(writer.endpointId, writer.model)).toEqual({ baseUrl: endpoint.baseUrl, key: 'sk-from-the-environment', model: 'writer' })
    expect(await chosen(endpoint, 'chat')).toEqual(writer)
    expect(await chosen({ ...endpoint, keyFrom: null }, 'chat')).toEqual(writer)
    expect(await chosen(endpoint, 'completions')).not.toEqual(writer)
    delete process.env.WRITERS_KEY
  })

  it('is the model of this job only once there is one', async () => {
    await expect(chosen({ kind: 'tuned' }, 'chat')).rejects.toMatchObject({ code: 'run.missing' })
    const model = await db().model.create({ data: { kind: 'merged', name: 'm', directory: 'models/merged/x' } })
    expect(await chosen({ kind: 'tuned' }, 'chat', model)).toEqual({ kind: 'engine', modelId: model.id })
    await expect(chosen({ kind: 'engine', model: 'nobody' }, 'chat')).rejects.toMatchObject({ code: 'model.unknown' })
  })
})
