import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as dataset } from '@/app/api/datasets/[datasetVersionId]/[format]/route'
import { GET as samples } from '@/app/api/training/[runId]/samples/route'
import { GET as metrics } from '@/app/api/training/[runId]/metrics/route'
import { GET as csv } from '@/app/api/training/[runId]/metrics.csv/route'
import { curveAnswer, decodeCurves } from '@/app/_training/curve-answer'
import { pointsOf } from '@/app/_ui/chart/curve'
import { db } from '@/lib/db'
import { presets } from '@/lib/settings/presets'
import { condenseMetrics } from '@/lib/stages/training/condense'
import type { Stretch } from '@/lib/stages/training/stretches'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
// Next gives cookies only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

const asked = (path: string, host = 'localhost:3000') => new Request(`http://localhost:3000${path}`, { headers: { host } })
let runId: string
let datasetVersionId: string

beforeAll(async () => {
  const ready = await makeFrozenDataset()
  datasetVersionId = ready.datasetVersionId
  const model = await db().model.create({ data: { kind: 'base', name: 'tiny', directory: `models/${randomUUID()}` } })
  const job = await makeJob('train-adapter', ready.projectId)
  await db().job.update({ where: { id: job.id }, data: { epoch: 3 } })
  const { id } = await db().trainingRun.create({
    data: { ...ready, ordinal: 1, baseModelId: model.id, settings: presets.starter.training, jobId: job.id },
  })
  runId = id
  await db().metric.createMany({
    data: Array.from({ length: 5000 }, (_, step) => [
      { trainingRunId: id, step: step + 1, name: 'loss', value: step === 2500 ? 99 : 4 - step / 5000, epoch: 1 },
      { trainingRunId: id, step: step + 1, name: 'grad_norm', value: 1, epoch: 1 },
    ]).flat(),
  })
})

describe('GET /api/training/…/samples', () => {
  const read = async (query = '', id = runId, host?: string) => {
    const answer = await samples(asked(`/api/training/${id}/samples${query}`, host), { params: Promise.resolve({ runId: id }) })
    return { status: answer.status, body: await answer.json() }
  }

  it('names the premises and the steps, and gives what was written at one', async () => {
    await db().samplePremise.create({ data: { trainingRunId: runId, ordinal: 0, premise: '雪夜', pairOrdinal: 7 } })
    await db().writtenSample.create({ data: { trainingRunId: runId, step: 10, ordinal: 0, text: '船停了。', tokens: 4, ending: 'whole', seconds: 1.5, epoch: 1 } })
    expect(await read()).toMatchObject({ status: 200, body: { premises: [{ ordinal: 0, premise: '雪夜', split: 'validation', passage: expect.stringContaining('船') }], steps: [{ step: 10, seconds: 1.5 }] } })
    expect((await read('?step=10')).body).toEqual({ samples: [{ ordinal: 0, text: '船停了。', tokens: 4, ending: 'whole' }] })
    expect((await read('?step=11')).body).toEqual({ samples: [] })
  })

  it('answers a step that is none with the steps, an unknown run with a sentence, and a strange host not at all', async () => {
    expect((await read('?step=-1')).body).toHaveProperty('steps')
    expect((await read('', randomUUID())).status).toBe(404)
    expect((await read('', runId, 'evil.example')).status).toBe(403)
  })
})

describe('GET /api/training/…/metrics', () => {
  const read = async (query = '') => {
    const answer = await metrics(asked(`/api/training/${runId}/metrics${query}`), { params: Promise.resolve({ runId }) })
    return { status: answer.status, body: curveAnswer.parse(await answer.json()) }
  }

  it('gives at most 1,500 points a series, and never loses a spike', async () => {
    const { status, body } = await read()
    expect(status).toBe(200)
    expect(body.epoch).toBe(3)
    const loss = decodeCurves(body).get('loss') ?? []
    expect(pointsOf(loss).length).toBeLessThanOrEqual(1500)
    expect(pointsOf(loss).length).toBeGreaterThan(1000)
    expect(pointsOf(loss)).toContainEqual({ step: 2501, value: 99 })
    expect(loss[0]?.first).toBe(1)
  })

  it('gives the steps asked for one by one where they are few', async () => {
    const steps = (curves: Map<string, Stretch[]>) => [...curves].map(([name, stretches]) => [name, stretches.map(({ first }) => first)])
    expect(steps(decodeCurves((await read('?from=4991')).body))).toEqual(['grad_norm', 'loss'].map((name) => [name, [4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999, 5000]]))
    expect(steps(decodeCurves((await read('?from=7&to=9')).body))).toEqual(['grad_norm', 'loss'].map((name) => [name, [7, 8, 9]]))
    expect((await read('?from=5001')).body.series).toEqual([])
  })

  it('takes a step it cannot read for none, and says 404 for a run that is not there', async () => {
    expect((await read('?from=x&to=-3')).body.series).toHaveLength(2)
    for (const id of [randomUUID(), 'no-id']) {
      for (const get of [metrics, csv]) {
        const gone = await get(asked('/'), { params: Promise.resolve({ runId: id }) })
        expect(gone.status).toBe(404)
        expect(await gone.json()).toMatchObject({ code: 'run.missing' })
      }
    }
  })

  it('answers no strange host', async () => {
    for (const get of [metrics, csv]) expect((await get(asked('/', 'evil.example'), { params: Promise.resolve({ runId }) })).status).toBe(403)
  })
})

describe('GET /api/training/…/metrics.csv', () => {
  it('has every value of every step, or of the names asked for', async () => {
    const answer = await csv(asked('/'), { params: Promise.resolve({ runId }) })
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="run-1.metrics.csv"')
    const lines = (await answer.text()).split('\r\n')
    expect([lines.length, lines[0], lines[2501], lines.at(-1)]).toEqual([5002, 'step,grad_norm,loss', '2501,1,99', ''])
    await db().metric.create({ data: { trainingRunId: runId, step: 5000, name: 'validation_loss', value: 2.5, epoch: 1 } })
    const some = await csv(asked('/?names=validation_loss,loss,none'), { params: Promise.resolve({ runId }) })
    const rows = (await some.text()).split('\r\n')
    expect([rows[0], rows[1], rows[5000]]).toEqual(['step,loss,validation_loss', '1,4,', '5000,3.0002,2.5'])
    await db().metric.deleteMany({ where: { trainingRunId: runId, name: 'validation_loss' } })
  })

  it('keeps the columns of a run that is condensed', async () => {
    await db().$transaction((tx) => condenseMetrics(tx, runId))
    const answer = await csv(asked('/'), { params: Promise.resolve({ runId }) })
    expect((await answer.text()).split('\r\n')[0]).toBe('step,grad_norm,loss')
  })
})

describe('GET /api/datasets/…/<format>', () => {
  it('gives every pair of the version as Alpaca JSON', async () => {
    const answer = await dataset(asked('/'), { params: Promise.resolve({ datasetVersionId, format: 'alpaca' }) })
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="dataset-v1.alpaca.json"')
    const pairs: unknown = await answer.json()
    const rows = await db().datasetPair.findMany({ where: { datasetVersionId }, orderBy: { ordinal: 'asc' } })
    expect(pairs).toEqual(rows.map((row) => ({ instruction: '', input: row.premise, output: row.passage })))
  })

  it('says 404 for a version that is not there, and answers no strange host', async () => {
    expect((await dataset(asked('/'), { params: Promise.resolve({ datasetVersionId: randomUUID(), format: 'alpaca' }) })).status).toBe(404)
    expect((await dataset(asked('/', 'evil.example'), { params: Promise.resolve({ datasetVersionId, format: 'alpaca' }) })).status).toBe(403)
  })

  it('gives one side where one is asked for, and refuses a form that there is not', async () => {
    const answer = await dataset(asked('/?split=validation'), { params: Promise.resolve({ datasetVersionId, format: 'json-lines' }) })
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="dataset-v1.validation.jsonl"')
    const rows = await db().datasetPair.findMany({ where: { datasetVersionId, split: 'validation' }, orderBy: { ordinal: 'asc' } })
    expect((await answer.text()).trimEnd().split('\n').map((line) => JSON.parse(line).premise)).toEqual(rows.map((row) => row.premise))
    for (const [path, format] of [['/?split=test', 'csv'], ['/', 'parquet']] as const) {
      const refused = await dataset(asked(path), { params: Promise.resolve({ datasetVersionId, format }) })
      expect([refused.status, (await refused.json()).code]).toEqual([400, 'dataset.no-format'])
    }
  })
})
