import { describe, expect, it } from 'vitest'
import { brokenInvariants } from '@/bin/doctor/invariants.mjs'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { continueTraining } from '@/lib/stages/training/continued'
import { fixSamplePremises } from '@/lib/stages/training/sample-premises'
import { compareSamples, readSampledSteps, readWrittenSamples } from '@/lib/stages/training/samples'
import { makeFrozenDataset, quickTraining } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

async function makeRun(changes: Parameters<typeof quickTraining>[1]) {
  const ready = await makeFrozenDataset(24)
  const model = await db().model.create({ data: { kind: 'base', name: 'tiny', directory: `models/${ready.projectId}` } })
  const job = await makeJob('train-adapter', ready.projectId)
  await db().job.update({ where: { id: job.id }, data: { state: 'cancelled', finishedAt: new Date(), epoch: 1 } })
  const settings = quickTraining('tiny', changes)
  const run = await db().trainingRun.create({ data: { ...ready, ordinal: 1, baseModelId: model.id, settings, jobId: job.id } })
  await db().$transaction((tx) => fixSamplePremises(tx, run.id, ready.datasetVersionId, settings))
  return run
}

const premisesOf = async (runId: string) => (await readSampledSteps(runId)).premises

describe('the premises that a run writes to', () => {
  it('are drawn from the pairs held out, with their passages, and are the same ones for the same seed', async () => {
    const [one, again] = await Promise.all([makeRun({ samples: 3 }), makeRun({ samples: 3 })])
    const premises = await premisesOf(one.id)
    expect(premises.map(({ ordinal, split }) => [ordinal, split])).toEqual([0, 1, 2].map((ordinal) => [ordinal, 'validation']))
    expect(new Set(premises.map(({ premise }) => premise)).size).toBe(3)
    for (const { passage } of premises) expect(passage).toContain('江面结了冰')
    expect((await premisesOf(again.id)).map(({ premise }) => premise)).toEqual(premises.map(({ premise }) => premise))
  })

  it('depend on the seed', async () => {
    const texts = await Promise.all([1, 2, 3].map(async (seed) => (await premisesOf((await makeRun({ samples: 2, seed })).id)).map(({ premise }) => premise).join()))
    expect(new Set(texts).size).toBeGreaterThan(1)
  })

  it('are filled up from the pairs learned where too few are held out', async () => {
    const premises = await premisesOf((await makeRun({ samples: 5 })).id)
    expect(premises.map(({ split }) => split)).toEqual(['validation', 'validation', 'validation', 'training', 'training'])
  })

  it('are a person’s own first, each once, with the passage where a pair has that premise', async () => {
    const premises = await premisesOf((await makeRun({ samples: 4, samplePremises: ['第3日，江上有雪。', '我自己的提要', '我自己的提要'] })).id)
    expect(premises).toMatchObject([
      { premise: '第3日，江上有雪。', passage: expect.stringContaining('第3天'), split: 'training' },
      { premise: '我自己的提要', passage: null, split: null, novel: '' },
      { split: 'validation' },
      { split: 'validation' },
    ])
  })

  it('are none where none are wanted, and no more than are wanted', async () => {
    expect(await premisesOf((await makeRun({ samples: 0, samplePremises: ['甲'] })).id)).toEqual([])
    expect(await premisesOf((await makeRun({ samples: 1, samplePremises: ['甲', '乙'] })).id)).toMatchObject([{ premise: '甲' }])
  })
})

describe('what was written to them', () => {
  it('is read by step, and a run that goes on begins with it', async () => {
    const run = await makeRun({ samples: 2, maxSteps: 20 })
    const at = (step: number, ordinal: number) => ({ trainingRunId: run.id, step, ordinal, text: `${step}/${ordinal}`, tokens: 5, ending: 'length' as const, seconds: step + 0.5, epoch: 1 })
    await db().writtenSample.createMany({ data: [at(10, 1), at(10, 0), at(0, 0), at(0, 1), at(20, 0)] })
    expect((await readSampledSteps(run.id)).steps).toEqual([{ step: 0, seconds: 0.5 }, { step: 10, seconds: 10.5 }, { step: 20, seconds: 20.5 }])
    expect(await readWrittenSamples(run.id, 10)).toEqual([0, 1].map((ordinal) => ({ ordinal, text: `10/${ordinal}`, tokens: 5, ending: 'length' })))
    expect(await readWrittenSamples(run.id, 11)).toEqual([])

    await db().checkpoint.create({ data: { trainingRunId: run.id, step: 10, epoch: 1, directory: 'x', sha256: 'a'.repeat(64), bytes: 1n } })
    const further = await continueTraining(run.id, 10, { epochs: 1, maxSteps: 40 })
    expect((await readSampledSteps(further.id)).steps.map(({ step }) => step)).toEqual([0, 10])
    expect(await premisesOf(further.id)).toEqual(await premisesOf(run.id))
  })

  it('is compared between runs that wrote to the same premise, each at its last step', async () => {
    const [one, other, third] = [await makeRun({ samples: 2 }), await makeRun({ samples: 2 }), await makeRun({ samples: 1, samplePremises: ['另一条'] })]
    const row = (run: { id: string }, step: number, ordinal: number, text: string) => ({ trainingRunId: run.id, step, ordinal, text, tokens: 5, ending: 'whole' as const, seconds: 1, epoch: 1 })
    await db().writtenSample.createMany({ data: [row(one, 0, 0, 'before'), row(one, 9, 0, 'nine'), row(one, 9, 1, 'alone'), row(other, 4, 0, 'four'), row(third, 1, 0, 'third')] })
    const [first] = await premisesOf(one.id)
    expect(await compareSamples([other.id, third.id, one.id])).toEqual([
      { premise: first?.premise, texts: [{ ordinal: 0, step: 4, text: 'four', tokens: 5, ending: 'whole' }, null, { ordinal: 0, step: 9, text: 'nine', tokens: 5, ending: 'whole' }] },
    ])
    expect(await compareSamples([one.id, third.id])).toEqual([])
  })

  it('breaks an invariant where it is of no premise of its run, or of an attempt that never was', async () => {
    const run = await makeRun({ samples: 1 })
    const broken = async () => (await brokenInvariants(env().databaseUrl)).map(({ name }) => name)
    const row = { trainingRunId: run.id, step: 1, text: '', tokens: 0, ending: 'whole' as const, seconds: 1 }
    await db().writtenSample.create({ data: { ...row, ordinal: 3, epoch: 1 } })
    expect(await broken()).toContain("every sample was written to one of its run's premises")
    await db().writtenSample.updateMany({ where: { trainingRunId: run.id }, data: { ordinal: 0, epoch: 9 } })
    expect(await broken()).toContain('nothing was written under an epoch that does not exist')
    await db().writtenSample.updateMany({ where: { trainingRunId: run.id }, data: { epoch: 1 } })
    expect(await broken()).not.toContain('nothing was written under an epoch that does not exist')
  })
})
