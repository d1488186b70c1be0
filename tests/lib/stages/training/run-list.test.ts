import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import type { JobState } from '@/lib/generated/prisma/client'
import { readRunFigures, type RunFigures } from '@/lib/stages/training/run-figures'
import { durationOf, listedRuns, runQuery, runQueryString } from '@/lib/stages/training/run-list'
import { describeTraining, knownTags, mostTags, tagTraining, untagTraining } from '@/lib/stages/training/run-words'
import { listTrainingRuns, type TrainingRunWithJob } from '@/lib/stages/training/training'
import { makeFrozenDataset, quickTraining } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes))
let projectId: string
let runs: TrainingRunWithJob[]
let figures: ReadonlyMap<string, RunFigures>
const ids: string[] = []

/** Four runs: one done, one that fails after two validations, one that runs, one that waits. */
beforeAll(async () => {
  const ready = await makeFrozenDataset(8)
  projectId = ready.projectId
  const model = await db().model.create({ data: { kind: 'base', name: 'tiny', directory: `models/${projectId}` } })
  const result = {
    steps: 4, first_loss: 4, last_loss: 2, validation_loss_from: 4, validation_loss_to: 2.5, best_validation_loss: 2.4, best_step: 2, adapter_step: 2,
    tokens: 100, tokens_per_second: 10, truncated: 0, dropped: 0, stopped_early: false, out_of_patience: false,
  }
  const states: JobState[] = ['succeeded', 'failed', 'cancelled', 'queued']
  for (const [index, state] of states.entries()) {
    const job = await makeJob('train-adapter', projectId)
    const ended = state === 'queued' ? {} : { startedAt: at(0), finishedAt: at(10 - index) }
    await db().job.update({ where: { id: job.id }, data: { state, ...ended, ...(state === 'succeeded' ? { result } : {}), ...(state === 'failed' ? { errorCode: 'internal', errorText: 'x' } : {}) } })
    const run = await db().trainingRun.create({ data: { ...ready, ordinal: index + 1, baseModelId: model.id, settings: quickTraining('tiny', { rank: 2 ** (index + 1) }), tags: index < 2 ? ['甲', 'slow'] : ['slow'], name: `run of ${state}`, jobId: job.id } })
    ids.push(run.id)
  }
  const metric = (step: number, name: string, value: number) => ({ trainingRunId: ids[1] ?? '', step, name, value, epoch: 1 })
  await db().metric.createMany({ data: [metric(1, 'loss', 5), metric(2, 'loss', 3), metric(0, 'validation_loss', 1), metric(1, 'validation_loss', 2.1), metric(2, 'validation_loss', 2.2)] })
  runs = await listTrainingRuns(projectId)
  figures = await readRunFigures(runs)
})

const listed = (query: Record<string, unknown>) => listedRuns(runs, figures, runQuery.parse(query)).map(({ ordinal }) => ordinal)

describe('the figures of runs', () => {
  it('are a finished run’s result, and what any other has measured: the untuned model is never the best', () => {
    expect(figures.get(ids[0] ?? '')).toEqual({ lossFrom: 4, loss: 2, validationFrom: 4, validation: 2.4, bestStep: 2 })
    expect(figures.get(ids[1] ?? '')).toEqual({ lossFrom: 5, loss: 3, validationFrom: 1, validation: 2.1, bestStep: 1 })
    expect(figures.get(ids[3] ?? '')).toEqual({ lossFrom: null, loss: null, validationFrom: null, validation: null, bestStep: null })
  })
})

describe('the list of runs', () => {
  it('is in the order asked for, runs without the figure last', () => {
    expect(listed({})).toEqual([4, 3, 2, 1])
    expect(listed({ sort: 'validation' })).toEqual([2, 1, 4, 3])
    expect(listed({ sort: 'loss' })).toEqual([1, 2, 4, 3])
    expect(listed({ sort: 'duration' })).toEqual([3, 2, 1, 4])
  })

  it('has what is asked for and nothing else', () => {
    expect(listed({ tag: '甲' })).toEqual([2, 1])
    expect(listed({ tag: ['甲', 'slow'], state: 'failed' })).toEqual([2])
    expect(listed({ state: ['waiting', 'cancelled'] })).toEqual([4, 3])
    expect(listed({ q: 'failed' })).toEqual([2])
    expect(listed({ q: 'rank>4' })).toEqual([4, 3])
    expect(listed({ dataset: '1', model: runs[0]?.baseModelId })).toEqual([4, 3, 2, 1])
    expect(listed({ dataset: '2' })).toEqual([])
    expect(listed({ model: randomUUID() })).toEqual([])
  })

  it('leaves out of an address what it cannot read, and says an address again', () => {
    expect(listed({ sort: 'colour', state: 'asleep', q: 'x'.repeat(300) })).toEqual([4, 3, 2, 1])
    const query = runQuery.parse({ q: ' a ', tag: ['甲', 'b'], state: 'failed', sort: 'loss', from: 'elsewhere' })
    expect(runQueryString(query).toString()).toBe(new URLSearchParams([['q', 'a'], ['tag', '甲'], ['tag', 'b'], ['state', 'failed'], ['sort', 'loss']]).toString())
    expect(runQueryString(runQuery.parse({})).toString()).toBe('')
  })

  it('counts how long a run took from its first claim to its end or to now', () => {
    expect(durationOf({ startedAt: null, finishedAt: at(1) })).toBeNull()
    expect(durationOf({ startedAt: at(0), finishedAt: at(2) })).toBe(120_000)
    expect(durationOf({ startedAt: at(0), finishedAt: null }, at(1))).toBe(60_000)
    expect(durationOf({ startedAt: at(3), finishedAt: at(2) })).toBe(0)
  })
})

describe('what a person says of a run', () => {
  it('is a name and a note, trimmed, and no other project writes them', async () => {
    await describeTraining(projectId, ids[2] ?? '', { name: ' 慢的那次 ', note: ' 学得太快 \n' })
    expect((await listTrainingRuns(projectId)).find(({ id }) => id === ids[2])).toMatchObject({ name: '慢的那次', note: '学得太快' })
    await expect(describeTraining(randomUUID(), ids[2] ?? '', { name: '', note: '' })).rejects.toMatchObject({ code: 'run.missing' })
    for (const words of [{ name: 'x'.repeat(81), note: '' }, { name: '', note: 'x'.repeat(2001) }]) await expect(describeTraining(projectId, ids[2] ?? '', words)).rejects.toThrow()
  })

  it('is tags: each once, in the order in which they came, taken off again, and known to the whole project', async () => {
    const id = ids[3] ?? ''
    const tags = async () => (await db().trainingRun.findUniqueOrThrow({ where: { id } })).tags
    await Promise.all(['乙', '乙', ' 乙 '].map((tag) => tagTraining(projectId, id, tag)))
    expect(await tags()).toEqual(['slow', '乙'])
    await untagTraining(projectId, id, 'slow')
    await untagTraining(projectId, id, 'never there')
    expect(await tags()).toEqual(['乙'])
    expect(await knownTags(projectId)).toEqual(['slow', '乙', '甲'])
    await expect(tagTraining(randomUUID(), id, '丙')).rejects.toMatchObject({ code: 'run.missing' })
    await expect(untagTraining(randomUUID(), id, '乙')).rejects.toMatchObject({ code: 'run.missing' })
    for (const wrong of ['', '  ', 'a,b', '甲，乙', 'x'.repeat(41), 'a\nb']) await expect(tagTraining(projectId, id, wrong)).rejects.toThrow()
    await db().trainingRun.update({ where: { id }, data: { tags: Array.from({ length: mostTags }, (_, index) => `t${index}`) } })
    await tagTraining(projectId, id, 't3')
    await expect(tagTraining(projectId, id, 'one more')).rejects.toMatchObject({ code: 'training.too-many-tags' })
  })
})
