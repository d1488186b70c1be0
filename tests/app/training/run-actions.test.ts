import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { idle } from '@/app/_guard/action-state'
import { moveInQueue } from '@/app/jobs/actions'
import { describeRun, tagRun, untagRun } from '@/app/projects/[projectId]/training/run-actions'
import { db } from '@/lib/db'
import { makeFrozenDataset, quickTraining } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
// Next gives cookies, headers and its cache only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => ({ value: 'en' }) }), headers: async () => new Headers({ host: 'localhost:3000', origin: 'http://localhost:3000' }) }))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

const form = (values: Record<string, string>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}
let run: { projectId: string; runId: string }
let jobId: string

beforeAll(async () => {
  const ready = await makeFrozenDataset(8)
  const model = await db().model.create({ data: { kind: 'base', name: 'tiny', directory: `models/${randomUUID()}` } })
  jobId = (await makeJob('train-adapter', ready.projectId)).id
  const { id } = await db().trainingRun.create({ data: { ...ready, ordinal: 1, baseModelId: model.id, settings: quickTraining('tiny'), jobId } })
  run = { projectId: ready.projectId, runId: id }
})

const read = () => db().trainingRun.findUniqueOrThrow({ where: { id: run.runId } })

describe('on the run’s page', () => {
  it('a run gets a name, a note and tags', async () => {
    expect(await describeRun(idle, form({ ...run, name: ' First ', note: 'slow' }))).toMatchObject({ status: 'done' })
    expect(await tagRun(idle, form({ ...run, tag: ' baseline ' }))).toMatchObject({ status: 'done' })
    expect(await read()).toMatchObject({ name: 'First', note: 'slow', tags: ['baseline'] })
    expect(await untagRun(idle, form({ ...run, tag: 'baseline' }))).toMatchObject({ status: 'done' })
    expect((await read()).tags).toEqual([])
  })

  it('what is too long is refused at its field, and a run of another project is not touched', async () => {
    expect(await describeRun(idle, form({ ...run, name: 'x'.repeat(81), note: '' }))).toMatchObject({ status: 'failed', fields: { name: expect.any(String) } })
    for (const tag of ['', 'a,b', 'x'.repeat(41)]) expect(await tagRun(idle, form({ ...run, tag }))).toMatchObject({ status: 'failed', fields: { tag: expect.any(String) } })
    expect(await tagRun(idle, form({ ...run, projectId: randomUUID(), tag: 'x' }))).toMatchObject({ status: 'failed' })
    expect((await read()).tags).toEqual([])
  })
})

describe('on the Jobs page', () => {
  it('a waiting job is moved and told its place; one that no longer waits is told so', async () => {
    const later = await makeJob('merge-adapter', run.projectId)
    expect(await moveInQueue(idle, form({ jobId: later.id, move: 'front' }))).toMatchObject({ status: 'done', message: 'Now 1 in the queue' })
    expect(await moveInQueue(idle, form({ jobId: later.id, move: 'down' }))).toMatchObject({ status: 'done', message: 'Now 2 in the queue' })
    expect(await moveInQueue(idle, form({ jobId: later.id, move: 'sideways' }))).toMatchObject({ status: 'failed' })
    await db().job.update({ where: { id: later.id }, data: { state: 'cancelled', finishedAt: new Date() } })
    expect(await moveInQueue(idle, form({ jobId: later.id, move: 'up' }))).toMatchObject({ status: 'done', message: 'This job no longer waits' })
  })
})
