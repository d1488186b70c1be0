import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { drawer } from '@/lib/draw'
import { env } from '@/lib/env'
import { condenseMetrics, forgetStretches } from '@/lib/stages/training/condense'
import { readStretches, type Stretch } from '@/lib/stages/training/stretches'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { expectInvariants } from '@/tests/support/invariants'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

/** A run whose loss and, every hundredth step, validation loss are the given values; `loss[0]` is step 1's. */
async function runOf(loss: readonly number[]): Promise<string> {
  const { projectId, datasetVersionId, promptVersionId } = await makeFrozenDataset(8)
  const model = await db().model.create({ data: { kind: 'base', name: 'm', directory: projectId } })
  const job = await makeJob('train-adapter', projectId)
  const run = await db().trainingRun.create({ data: { projectId, ordinal: 1, datasetVersionId, promptVersionId, baseModelId: model.id, settings: {}, jobId: job.id } })
  await db().$executeRaw`
    INSERT INTO metric (training_run_id, step, name, value, epoch)
    SELECT ${run.id}::uuid, ordinal, name, value, 0 FROM unnest(${[...loss]}::float8[]) WITH ORDINALITY AS m(value, ordinal), unnest(ARRAY['loss', 'validation_loss']) AS name
    WHERE name = 'loss' OR ordinal % 100 = 0`
  return run.id
}

const condense = (id: string) => db().$transaction((tx) => condenseMetrics(tx, id))
const drawn = (count: number) => {
  const draw = drawer(7)
  return Array.from({ length: count }, () => Math.round(draw() * 1e6) / 1e6)
}

/** Every stretch says of the steps it spans what is really there. */
function expectTrue(stretches: readonly Stretch[], loss: readonly number[]): void {
  for (const { first, last, count, mean, low, lowStep, high, highStep } of stretches) {
    const values = loss.slice(Math.max(0, first - 1), last)
    expect(count).toBe(values.length)
    expect(low).toBe(Math.min(...values))
    expect(high).toBe(Math.max(...values))
    expect(loss[lowStep - 1]).toBe(low)
    expect(loss[highStep - 1]).toBe(high)
    expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 6)
  }
}

describe('the stretches of a run', () => {
  it('are its very steps while there are few', async () => {
    const loss = [3, 1, 2]
    const [series] = await readStretches(await runOf(loss))
    expect(series?.stretches).toEqual(loss.map((value, at) => ({ first: at + 1, last: at + 1, count: 1, mean: value, low: value, lowStep: at + 1, high: value, highStep: at + 1 })))
    expect(await readStretches(await runOf([]))).toEqual([])
  })

  it('keep the lowest and the highest value of every part of a long run, condensed or not, whole or a part of it', async () => {
    const loss = drawn(9_000)
    const id = await runOf(loss)
    const before = await readStretches(id, { most: 200 })
    await condense(id)
    expect(await db().metricStretch.groupBy({ by: ['width'], where: { trainingRunId: id, name: 'loss' }, _sum: { count: true }, _max: { firstStep: true }, orderBy: { width: 'asc' } })).toEqual(
      // 8,704 is the last full block; wider stretches end where they are full.
      [[8, 8_703, 8_696], [32, 8_703, 8_672], [128, 8_703, 8_576], [512, 8_703, 8_192], [2_048, 8_191, 6_144], [8_192, 8_191, 0]].map(([width, sum, last]) => ({ width, _sum: { count: sum }, _max: { firstStep: last } })),
    )
    for (const most of [700, 200, 17, 1]) {
      const series = await readStretches(id, { most })
      expect(series.map(({ name }) => name)).toEqual(['loss', 'validation_loss'])
      const stretches = series[0]?.stretches ?? []
      expect(stretches.length).toBeLessThanOrEqual(most)
      expectTrue(stretches, loss)
      expect(stretches.reduce((sum, { count }) => sum + count, 0)).toBe(9_000)
      expect(series[1]?.stretches.reduce((sum, { count }) => sum + count, 0)).toBe(90)
    }
    expect((await readStretches(id, { most: 200 })).map(({ stretches }) => stretches.map(({ low, high }) => [low, high]))).toEqual(before.map(({ stretches }) => stretches.map(({ low, high }) => [low, high])))

    const part = (await readStretches(id, { fromStep: 3_001, toStep: 3_400, most: 700 }))[0]?.stretches ?? []
    expect(part.map(({ first }) => first)).toEqual(Array.from({ length: 400 }, (_, at) => 3_001 + at))
    expectTrue((await readStretches(id, { fromStep: 1_000, toStep: 8_990, most: 100 }))[0]?.stretches ?? [], loss)
  })

  it('are made anew where steps were taken back, and not twice', async () => {
    const loss = drawn(2_000)
    const id = await runOf(loss)
    await condense(id)
    await condense(id)
    await db().metric.deleteMany({ where: { trainingRunId: id, step: { gt: 700 } } })
    await db().$transaction((tx) => forgetStretches(tx, id, 700))
    expectTrue((await readStretches(id, { most: 20 }))[0]?.stretches ?? [], loss.slice(0, 700))
    const remade = [...loss.slice(0, 700), ...drawn(1_300).map((value) => value + 5)]
    await db().$executeRaw`
      INSERT INTO metric (training_run_id, step, name, value, epoch)
      SELECT ${id}::uuid, 700 + ordinal, 'loss', value, 0 FROM unnest(${remade.slice(700)}::float8[]) WITH ORDINALITY AS m(value, ordinal)`
    await condense(id)
    expectTrue((await readStretches(id, { most: 20 }))[0]?.stretches ?? [], remade)
    await expectInvariants(env().databaseUrl)
  })
})
