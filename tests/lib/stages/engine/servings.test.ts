import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import type { Model } from '@/lib/generated/prisma/client'
import { claimNext, finish } from '@/lib/queue/lease'
import { findServing, keyOf, listServings, renewKey, startServing, stopServing } from '@/lib/stages/engine/servings'
import { deleteModel, modelDeletion } from '@/lib/stages/models/deletion'
import { expectInvariants } from '@/tests/support/invariants'
import { readJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let model: Model
beforeAll(async () => {
  model = await db().model.create({ data: { kind: 'base', name: '夜航', directory: 'models/night', sha256: 'a'.repeat(64) } })
})

describe('serving a model for other programs', () => {
  it('queues a job that wants the engine with it, keeps the key sealed, and is one serving however often it is asked for', async () => {
    const [first, second] = [await startServing({ modelId: model.id }), await startServing({ modelId: model.id })]
    expect(second).toEqual(first)
    const row = await db().serving.findUniqueOrThrow({ where: { id: first.id } })
    expect(await readJob(row.jobId)).toMatchObject({ name: 'serve-model', lane: 'gpu', state: 'queued', engineModelId: model.id, projectId: null })
    const key = await keyOf(first.id)
    expect(key).toMatch(/^molian-[\w-]{32}$/)
    expect(Buffer.from(row.keyCipher).includes(key)).toBe(false)
    expect((await listServings())[0]).not.toHaveProperty('keyCipher')
    await expectInvariants(env().databaseUrl)
  })

  it('is stopped by a person, and begun again with other settings under the same key', async () => {
    const { id } = await startServing({ modelId: model.id })
    const key = await keyOf(id)
    await expect(startServing({ modelId: model.id, context: 8192 })).rejects.toMatchObject({ code: 'serving.running' })
    await stopServing(id)
    const { jobId } = await db().serving.findUniqueOrThrow({ where: { id } })
    expect((await readJob(jobId)).state).toBe('cancelled')
    expect(await startServing({ modelId: model.id, context: 8192 })).toEqual({ id })
    expect((await readJob(jobId)).state).toBe('queued')
    expect(await findServing(id)).toMatchObject({ serving: { context: 8192 }, adapters: [] })
    expect(await keyOf(id)).toBe(key)
    await renewKey(id)
    expect(await keyOf(id)).not.toBe(key)
  })

  it('goes back into the queue when the worker goes away or its engine dies, which alone counts', async () => {
    const { id } = await startServing({ modelId: model.id, context: 8192 })
    const { jobId } = await db().serving.findUniqueOrThrow({ where: { id } })
    for (const [ending, attempts] of [['queued', 0], ['again', 1]] as const) {
      const job = await claimNext('gpu', 'host:1:1', 'host/cpu')
      expect(job).toMatchObject({ id: jobId })
      await finish({ jobId, epoch: job?.epoch ?? 0 }, { state: ending })
      expect(await readJob(jobId)).toMatchObject({ state: 'queued', attempts, device: null, owner: null })
    }
  })

  it('keeps the model from being deleted until it is stopped', async () => {
    const { id } = await startServing({ modelId: model.id, context: 8192 })
    await expect(deleteModel(model.id)).rejects.toMatchObject({ code: 'model.in-use', params: { jobs: '夜航' } })
    await stopServing(id)
    expect((await modelDeletion(model.id))?.busy).toEqual([])
  })

  it('is refused for models and adapters that are not there', async () => {
    await expect(startServing({ modelId: randomUUID() })).rejects.toMatchObject({ code: 'run.missing' })
    const deleted = await db().model.create({ data: { kind: 'base', name: '旧作', directory: 'models/old', deletedAt: new Date() } })
    await expect(startServing({ modelId: deleted.id })).rejects.toMatchObject({ code: 'model.deleted' })
    await expect(startServing({ modelId: model.id, adapterIds: [randomUUID()] })).rejects.toMatchObject({ code: 'run.missing', params: { what: 'adapter' } })
  })
})
