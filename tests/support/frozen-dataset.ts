import { randomUUID } from 'node:crypto'
import { artifactPath, inHome, writeAtomically } from '@/lib/artifacts'
import { db } from '@/lib/db'
import type { JobName } from '@/lib/queue/jobs'
import type { TrainingSettings } from '@/lib/settings/training'
import { projections } from '@/lib/settings/training-choices'
import { startTraining } from '@/lib/stages/training/training'
import { makeJob, makeProject } from '@/tests/support/jobs'

type Ready = { projectId: string; datasetVersionId: string; promptVersionId: string }

/** A project whose dataset version is frozen with these pairs, every eighth of them for validation; files and rows alike. */
export async function makeFrozenDataset(count = 24): Promise<Ready> {
  const projectId = await makeProject()
  const prompt = { projectId, sha256: randomUUID(), version: 1, system: '你是一位小说家。', template: '{{premise}}' }
  const [premisePrompt, storyPrompt] = await Promise.all([
    db().promptVersion.create({ data: { ...prompt, purpose: 'premise' } }),
    db().promptVersion.create({ data: { ...prompt, purpose: 'story' } }),
  ])
  const passageSet = await db().passageSet.create({ data: { projectId, ordinal: 1, settings: {}, jobId: await doneJob('cut-passages', projectId) } })
  const premiseRun = await db().premiseRun.create({
    data: { projectId, ordinal: 1, passageSetId: passageSet.id, promptVersionId: premisePrompt.id, settings: {}, jobId: await endedJob('write-premises', projectId) },
  })
  const pairs = Array.from({ length: count }, (_, index) => ({ premise: `第${index}日，江上有雪。`, passage: passageOf(index) }))
  const validation = pairs.filter((_, index) => index % 8 === 7)
  const training = pairs.filter((pair) => !validation.includes(pair))
  const datasetVersion = await db().datasetVersion.create({
    data: {
      projectId,
      ordinal: 1,
      premiseRunId: premiseRun.id,
      settings: {},
      sha256: randomUUID(),
      trainingPairs: training.length,
      validationPairs: validation.length,
      jobId: await doneJob('freeze-dataset', projectId),
    },
  })
  await writeAtomically(inHome(artifactPath.trainingPairs(datasetVersion.id)), training.map((pair) => `${JSON.stringify(pair)}\n`))
  await writeAtomically(inHome(artifactPath.validationPairs(datasetVersion.id)), validation.map((pair) => `${JSON.stringify(pair)}\n`))
  await db().datasetPair.createMany({
    data: pairs.map((pair, ordinal) => ({
      ...pair,
      ordinal,
      datasetVersionId: datasetVersion.id,
      premiseId: ordinal,
      split: ordinal % 8 === 7 ? ('validation' as const) : ('training' as const),
    })),
  })
  return { projectId, datasetVersionId: datasetVersion.id, promptVersionId: storyPrompt.id }
}

function passageOf(index: number): string {
  return `天还没亮，掌柜的已经点起了灯。“今天是第${index}天了。”他说。江面结了冰，船都停在岸边，`.repeat(1 + (index % 2))
}

async function doneJob(name: JobName, projectId: string): Promise<string> {
  const job = await makeJob(name, projectId)
  await db().job.update({ where: { id: job.id }, data: { state: 'succeeded', finishedAt: new Date() } })
  return job.id
}

/** Of a run whose rows a test does not need: not succeeded, so that it need not be complete. */
async function endedJob(name: JobName, projectId: string): Promise<string> {
  const job = await makeJob(name, projectId)
  await db().job.update({ where: { id: job.id }, data: { state: 'cancelled', finishedAt: new Date() } })
  return job.id
}

/** Settings for the small model: seconds, not minutes. */
export function quickTraining(baseModel: string, changes: Partial<TrainingSettings> = {}): TrainingSettings {
  return {
    baseModel,
    method: 'lora',
    rank: 8,
    alpha: 32,
    dropout: 0,
    targets: [...projections],
    neftuneAlpha: 0,
    learningRate: 5e-3,
    schedule: 'constant',
    warmupRatio: 0,
    warmupSteps: 0,
    weightDecay: 0,
    maxGradNorm: 1,
    batchSize: 1,
    accumulation: 2,
    fitBatch: false,
    epochs: 1,
    maxSteps: 30,
    maxLength: 512,
    packing: false,
    gradientCheckpointing: 'off',
    devices: 1,
    machines: 1,
    precision: 'float32',
    evaluationSteps: 5,
    patience: 0,
    adapterFrom: 'best',
    checkpointSteps: 5,
    keepCheckpoints: 2,
    samples: 0,
    samplePremises: [],
    sampleTokens: 16,
    sampleTemperature: 0,
    sampleSeconds: 60,
    seed: 7,
    ...changes,
  }
}

/** A training run of the small model, queued and rung for. */
export async function startQuickTraining(baseModel: string, changes: Partial<TrainingSettings> = {}) {
  const { projectId, datasetVersionId, promptVersionId } = await makeFrozenDataset()
  return startTraining(projectId, { datasetVersionId, promptVersionId, settings: quickTraining(baseModel, changes) })
}
