import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from '@/bin/doctor/invariants.mjs'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { listModels, modelDirectory, registerFolder, resolveModel } from '@/lib/stages/models'
import { adapterDeletion, deleteAdapter, deleteModel, modelDeletion } from '@/lib/stages/models/deletion'
import { startMerge } from '@/lib/stages/models/merging'
import { readShelf } from '@/lib/stages/models/shelf'
import { startTraining } from '@/lib/stages/training/training'
import { writeBaseFolder } from '@/tests/support/adapter-files'
import { makeFrozenDataset, quickTraining } from '@/tests/support/frozen-dataset'
import { makeModels } from '@/tests/support/made-models'
import { writeModelFolder } from '@/tests/support/model-folder'
import { useStudio } from '@/tests/support/studio'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

useStudio()
beforeAll(() => {
  process.env.HF_HUB_CACHE = '/nowhere'
  process.env.MODELSCOPE_CACHE = '/nowhere'
})

const there = (model: { directory: string }) => existsSync(modelDirectory(model))

describe('deleting a base model', () => {
  it('names what depends on it, takes its files, and leaves what was made from it', async () => {
    const { base, run, adapter, merged } = await makeModels('first')
    const name = merged.name
    expect(await modelDeletion(base.id)).toMatchObject({ name: 'first', adapters: [name], merged: [name], runs: { training: 1, stories: 0, premises: 0 }, busy: [], isElsewhere: false })
    expect((await modelDeletion(base.id))?.bytes).toBeGreaterThan(0)
    await deleteModel(base.id)
    expect(there(base)).toBe(false)
    expect([there(merged), existsSync(inHome(adapter.directory))]).toEqual([true, true])
    expect((await listModels()).map(({ id }) => id)).not.toContain(base.id)
    expect(await db().trainingRun.findUnique({ where: { id: run.id }, include: { baseModel: true } })).toMatchObject({ baseModel: { name: 'first', deletedAt: expect.any(Date), sha256: base.sha256 } })
    expect(await modelDeletion(base.id)).toBeNull()
    await expect(deleteModel(base.id)).rejects.toMatchObject({ code: 'run.missing' })
    await expect(resolveModel('first')).rejects.toMatchObject({ code: 'model.unknown' })
    // The adapter can be merged no more, until the base is there again under the same row.
    await deleteModel(merged.id)
    await expect(startMerge(adapter.id)).rejects.toMatchObject({ code: 'model.deleted', params: { name: 'first' } })
    writeBaseFolder(modelDirectory(base))
    expect(await resolveModel('first')).toMatchObject({ id: base.id, deletedAt: null })
    expect(await startMerge(adapter.id)).toMatchObject({ baseId: base.id })
  })

  it('is refused while something that waits or runs needs it', async () => {
    const { base, merged } = await makeModels('busy')
    const { projectId, ...inputs } = await makeFrozenDataset(4)
    const run = await startTraining(projectId, { ...inputs, settings: quickTraining('busy') })
    const project = await db().project.findUniqueOrThrow({ where: { id: projectId } })
    const jobs = `${project.name} ${run.ordinal}`
    expect(await modelDeletion(base.id)).toMatchObject({ busy: [jobs] })
    await expect(deleteModel(base.id)).rejects.toMatchObject({ code: 'model.in-use', params: { name: 'busy', jobs } })
    expect(there(base)).toBe(true)
    await db().job.update({ where: { id: run.jobId }, data: { state: 'cancelled' } })
    await db().job.update({ where: { id: merged.jobId ?? '' }, data: { state: 'queued' } })
    await expect(deleteModel(base.id)).rejects.toMatchObject({ code: 'model.in-use', params: { jobs: merged.name } })
    await expect(deleteModel(merged.id)).rejects.toMatchObject({ code: 'model.in-use' })
    await db().job.update({ where: { id: merged.jobId ?? '' }, data: { state: 'succeeded' } })
  })

  it('leaves no row of one that nothing was made of, and touches nothing outside of the home', async () => {
    const own = await registerFolder('unused', writeModelFolder(inHome('models/huggingface/unused@1')))
    await deleteModel(own.id)
    expect([there(own), await db().model.findUnique({ where: { id: own.id } })]).toEqual([false, null])
    const folder = writeModelFolder(join(temporaryDirectory(), 'theirs'))
    const theirs = await resolveModel(folder)
    expect(await modelDeletion(theirs.id)).toMatchObject({ isElsewhere: true })
    await expect(deleteModel(theirs.id)).rejects.toMatchObject({ code: 'model.elsewhere', params: { path: folder } })
    expect(existsSync(folder)).toBe(true)
  })
})

describe('deleting a merged model or an adapter', () => {
  it('lets a merged model be merged again, whether stories were written with it or not', async () => {
    const { adapter, merged } = await makeModels('again')
    await deleteModel(merged.id)
    expect([there(merged), await db().model.findUnique({ where: { id: merged.id } })]).toEqual([false, null])
    const second = await startMerge(adapter.id)
    expect(await db().job.findUnique({ where: { id: second.jobId ?? '' } })).toMatchObject({ state: 'queued' })
    await db().job.update({ where: { id: second.jobId ?? '' }, data: { state: 'succeeded' } })
    await db().model.update({ where: { id: second.id }, data: { sha256: 'c'.repeat(64), bytes: 1n } })

    // Something was written with it: the row stays, and the same one is merged anew.
    const { projectId, ...inputs } = await makeFrozenDataset(4)
    const used = await startTraining(projectId, { ...inputs, settings: quickTraining('again') })
    await db().trainingRun.update({ where: { id: used.id }, data: { baseModelId: second.id } })
    await db().job.update({ where: { id: used.jobId }, data: { state: 'cancelled' } })
    await deleteModel(second.id)
    expect(await db().model.findUnique({ where: { id: second.id } })).toMatchObject({ deletedAt: expect.any(Date), sha256: null })
    expect(await brokenInvariants(env().databaseUrl)).toEqual([])
    expect(await startMerge(adapter.id)).toMatchObject({ id: second.id, deletedAt: null })
    expect(await db().job.findUnique({ where: { id: second.jobId ?? '' } })).toMatchObject({ state: 'queued' })
  })

  it('keeps the run of a deleted adapter and the model merged of it', async () => {
    const { adapter, merged } = await makeModels('kept')
    expect(await adapterDeletion(adapter.id)).toMatchObject({ name: merged.name, merged: [merged.name], busy: [] })
    await deleteAdapter(adapter.id)
    expect([existsSync(inHome(adapter.directory)), there(merged)]).toEqual([false, true])
    expect(await db().adapter.findUnique({ where: { id: adapter.id } })).toMatchObject({ deletedAt: expect.any(Date) })
    await expect(deleteAdapter(adapter.id)).rejects.toMatchObject({ code: 'run.missing' })
    await deleteModel(merged.id)
    await expect(startMerge(adapter.id)).rejects.toMatchObject({ code: 'adapter.deleted' })
  })
})

describe('the shelf', () => {
  it('shows what was made from what, what it takes on disk, and what cannot be used', async () => {
    const { base, run, adapter, merged } = await makeModels('shown')
    writeModelFolder(inHome('models/modelscope/Qwen--Loose@1'))
    const shelf = await readShelf()
    const shown = shelf.bases.find(({ id }) => id === base.id)
    expect(shown).toMatchObject({ name: 'shown', place: 'home', what: { family: 'qwen2' }, refusal: null, isDeleted: false })
    expect(shown?.adapters).toMatchObject([{ id: adapter.id, run: { id: run.id, ordinal: 1, loss: 2.5, validationLoss: 2.9 }, imported: null, merged: { id: merged.id, sha256: merged.sha256 } }])
    expect(shelf.bases).toContainEqual(expect.objectContaining({ id: null, name: 'Qwen/Loose', place: 'home', adapters: [] }))
    expect(shelf.disk.bases).toBe(shelf.bases.reduce((sum, { bytes }) => sum + bytes, 0))
    expect([shelf.disk.adapters, shelf.disk.merged].every((bytes) => bytes > 0)).toBe(true)
    await deleteModel(base.id)
    await deleteAdapter(adapter.id)
    expect((await readShelf()).bases.find(({ id }) => id === base.id)).toMatchObject({ isDeleted: true, what: null, bytes: 0, adapters: [{ isDeleted: true, bytes: 0, merged: { id: merged.id } }] })
    await deleteModel(merged.id)
    expect((await readShelf()).bases.some(({ id }) => id === base.id)).toBe(false)
  })
})
