import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { listModels, modelDirectory, resolveModel } from '@/lib/stages/models'
import { startMerge } from '@/lib/stages/models/merging'
import { startTraining } from '@/lib/stages/training/training'
import { makeFrozenDataset, quickTraining } from '@/tests/support/frozen-dataset'
import { makeProject } from '@/tests/support/jobs'
import { writeModelFolder } from '@/tests/support/model-folder'
import { useStudio } from '@/tests/support/studio'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

useStudio()

describe('resolveModel', () => {
  it('registers a folder once, with what it holds, and hashes it anew when its weights are others', async () => {
    const folder = writeModelFolder(join(temporaryDirectory(), 'small'))
    const [model, again] = await Promise.all([resolveModel(folder), resolveModel(folder)])
    expect(again.id).toBe(model.id)
    expect(model).toMatchObject({ kind: 'base', name: 'small', directory: folder, parameters: 4n, family: 'qwen2', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(modelDirectory(model)).toBe(folder)
    expect((await resolveModel('small')).id).toBe(model.id)
    writeModelFolder(folder, { weight: 2 })
    const changed = await resolveModel(folder)
    expect([changed.id, changed.sha256 === model.sha256]).toEqual([model.id, false])
    expect(await listModels()).toMatchObject([{ id: model.id, name: 'small', sha256: changed.sha256 }])
  })

  it('keeps what lies in the home relative to it, so that a home can move', async () => {
    await expect(resolveModel('starter')).rejects.toMatchObject({ code: 'model.no-starter' })
    writeModelFolder(inHome(artifactPath.starterModel()))
    expect(await resolveModel('starter')).toMatchObject({ name: 'starter', directory: artifactPath.starterModel() })
    expect(modelDirectory(await resolveModel('starter'))).toBe(join(env().home, 'models/starter'))
  })

  it('refuses a name that two folders have, and takes either by its folder or by its row', async () => {
    const folders = ['a', 'b'].map((parent, index) => writeModelFolder(join(temporaryDirectory(), parent, 'twice'), { weight: index + 1 }))
    const models = await Promise.all(folders.map((folder) => resolveModel(folder)))
    expect(new Set(models.map(({ id }) => id)).size).toBe(2)
    const refusal = await resolveModel('twice').catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'model.ambiguous', params: { name: 'twice' } })
    for (const [index, folder] of folders.entries()) {
      expect(String(refusal)).toContain(folder)
      expect((await resolveModel(folder)).id).toBe(models[index]?.id)
      expect(modelDirectory(await resolveModel(models[index]?.id ?? ''))).toBe(folder)
    }
    await expect(resolveModel(randomUUID())).rejects.toMatchObject({ code: 'model.unknown' })
    const unmerged = await db().model.create({ data: { kind: 'merged', name: 'Not yet', directory: 'models/merged/not-yet' } })
    await expect(resolveModel(unmerged.id)).rejects.toMatchObject({ code: 'model.unknown' })
  })

  it('knows a merged model by its folder, and leaves it its name', async () => {
    const directory = join('models', 'merged', 'of-a-run')
    writeModelFolder(inHome(directory))
    const merged = await db().model.create({ data: { kind: 'merged', name: 'Snow 1', directory, sha256: 'abc' } })
    expect(await resolveModel(inHome(directory))).toMatchObject({ id: merged.id, name: 'Snow 1' })
    expect((await resolveModel('Snow 1')).id).toBe(merged.id)
  })

  it('knows a name from a path', async () => {
    await expect(resolveModel('Qwen2-1.5B-Instruct')).rejects.toMatchObject({ code: 'model.unknown', params: { name: 'Qwen2-1.5B-Instruct' } })
    await expect(resolveModel('./nowhere')).rejects.toMatchObject({ code: 'model.no-folder' })
  })
})

describe('startTraining and startMerge', () => {
  it('start the same work once, and other work for other weights or settings', async () => {
    const folder = writeModelFolder(join(temporaryDirectory(), 'base'))
    const { projectId, ...inputs } = await makeFrozenDataset(2)
    const order = (changes: Parameters<typeof quickTraining>[1] = {}) => ({ ...inputs, settings: quickTraining(folder, changes) })
    const runs = await Promise.all([startTraining(projectId, order()), startTraining(projectId, order())])
    expect(runs[0].id).toBe(runs[1].id)
    expect((await startTraining(projectId, order({ seed: 8 }))).id).not.toBe(runs[0].id)
    writeModelFolder(folder, { weight: 3 })
    const other = await startTraining(projectId, order())
    expect(other).toMatchObject({ ordinal: 3, baseModelId: runs[0].baseModelId })
    expect(await db().job.findUnique({ where: { id: other.jobId } })).toMatchObject({ name: 'train-adapter', lane: 'gpu', state: 'queued' })

    const adapter = await db().adapter.create({ data: { trainingRunId: other.id, directory: 'runs/x/adapter', sha256: 'abc', bytes: 1n } })
    const merges = await Promise.all([startMerge(adapter.id), startMerge(adapter.id)])
    expect(merges[0].id).toBe(merges[1].id)
    expect(await listModels()).toContainEqual(expect.objectContaining({ id: merges[0].id, kind: 'merged', sha256: null, base: expect.objectContaining({ name: 'base' }), job: expect.objectContaining({ lane: 'gpu', subjectId: adapter.id }) }))
    await expect(startMerge(other.id)).rejects.toMatchObject({ code: 'run.missing' })
  })

  it('refuse a dataset that is not frozen or is another project’s, a premise prompt, and a model without a chat template', async () => {
    const folder = writeModelFolder(join(temporaryDirectory(), 'base'))
    const { projectId, ...inputs } = await makeFrozenDataset(2)
    const settings = quickTraining(folder)
    await expect(startTraining(await makeProject(), { ...inputs, settings })).rejects.toMatchObject({ code: 'run.missing', params: { what: 'dataset version' } })
    const premisePrompt = await db().promptVersion.findFirstOrThrow({ where: { projectId, purpose: 'premise' } })
    await expect(startTraining(projectId, { ...inputs, promptVersionId: premisePrompt.id, settings })).rejects.toMatchObject({ code: 'run.missing', params: { what: 'prompt version' } })
    writeModelFolder(folder, { chatTemplate: false })
    await expect(startTraining(projectId, { ...inputs, settings })).rejects.toMatchObject({ code: 'model.no-chat-template' })
    await db().job.updateMany({ where: { projectId, name: 'freeze-dataset' }, data: { state: 'queued' } })
    await expect(startTraining(projectId, { ...inputs, settings })).rejects.toMatchObject({ code: 'training.dataset-not-frozen', params: { version: 1 } })
    expect(await db().trainingRun.count({ where: { projectId } })).toBe(0)
  })
})
