import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it, vi } from 'vitest'
import { GET } from '@/app/api/training/forecast/route'
import { forecastAnswer } from '@/app/projects/[projectId]/training/_components/forecast-answer'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { architectureIn } from '@/lib/forecast/read-architecture'
import { chatTemplateOf } from '@/lib/models/chat-template'
import { presets } from '@/lib/settings/presets'
import { keepRates, registerDevice } from '@/lib/stages/devices'
import { refuseWithoutSpace } from '@/lib/stages/training/allowed'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'

useStudio()
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

let place: Awaited<ReturnType<typeof makeFrozenDataset>>
let directory: string
let modelId: string
beforeAll(async () => {
  place = await makeFrozenDataset(24)
  directory = await smallModel()
  modelId = (await db().model.create({ data: { kind: 'base', name: 'small', directory, bytes: 3_000_000n } })).id
}, 240_000)

async function ask(changes: Record<string, string> = {}, host = 'localhost:3000') {
  const asked = new URLSearchParams({ baseModel: modelId, datasetVersionId: place.datasetVersionId, prompt: place.promptVersionId, ...changes })
  return GET(new Request(`http://localhost:3000/api/training/forecast?${asked}`, { headers: { host } }))
}
const facts = async (changes: Record<string, string> = {}) => forecastAnswer.parse(await (await ask(changes)).json())

it('tells model, pairs and disk; the device and the speed once they are known', async () => {
  const first = await facts()
  expect(first).toMatchObject({ model: { family: 'qwen2', layers: 2, norms: 2 }, weightBytes: 3_000_000, device: null, speed: null })
  expect(first.freeDisk).toBeGreaterThan(0)

  const facts1 = { name: `${hostname()}/cpu`, kind: 'cpu', label: 'a CPU', cores: 2, gpus: 0, memoryBytes: 64_000_000_000n, gpuBytes: null, hasNativeBfloat16: false, hasBitsandbytes: false }
  await registerDevice(facts1)
  const unmeasured = await facts()
  expect(unmeasured).toMatchObject({ device: { kind: 'cpu', label: 'a CPU', bytes: 64e9 }, speed: null })
  expect(unmeasured.device?.freeBytes).toBeLessThan(64e9)

  await keepRates(facts1.name, { float32Rate: 1e11, bfloat16Rate: null })
  await registerDevice({ ...facts1, label: 'the same CPU' })
  expect((await facts()).speed).toMatchObject({ source: 'matrices', perSecond: 0.6e11 })
})

it('counts the pairs in the model’s tokens with the prompt that is chosen', async () => {
  const { lengths } = await facts()
  const chat = await chatTemplateOf(directory)
  const pairs = await db().datasetPair.findMany({ where: { datasetVersionId: place.datasetVersionId }, orderBy: { ordinal: 'asc' } })
  const answers = pairs.map(({ passage }) => chat.answerIds(passage).length)
  expect(lengths?.sample.map(({ answer }) => answer)).toEqual(answers)
  expect(lengths).toMatchObject({ trainingPairs: 21, validationPairs: 3, counted: false, longest: Math.max(...(lengths?.sample ?? []).map(({ prompt, answer }) => prompt + answer)) })

  const longer = await facts({ prompt: 'new', promptSystem: '你是一位小说家，写得很慢很慢。'.repeat(9), promptTemplate: '{{premise}}' })
  expect(longer.lengths?.longest).toBeGreaterThan((lengths?.longest ?? 0) + 50)
})

it('goes by every pair once they were counted', async () => {
  const job = await makeJob('count-tokens', place.projectId)
  await db().job.update({ where: { id: job.id }, data: { state: 'succeeded', finishedAt: new Date() } })
  await db().tokenCount.create({ data: { ...place, modelId, promptTokens: Array(24).fill(10), answerTokens: Array.from({ length: 24 }, (_, index) => 100 + index), jobId: job.id } })
  expect((await facts()).lengths).toMatchObject({ counted: true, longest: 133 })
  expect((await facts({ prompt: 'new', promptTemplate: '{{premise}}' })).lengths).toMatchObject({ counted: false })
})

it('goes by a run that has ended here, of the same model if there is one', async () => {
  const result = { steps: 20, first_loss: 4, last_loss: 3, validation_loss_from: null, validation_loss_to: null, best_validation_loss: null, best_step: null, adapter_step: 20, tokens: 20 * 4 * 150, tokens_per_second: 500, truncated: 0, dropped: 0, stopped_early: false, out_of_patience: false }
  const ranAs = { batchSize: 4, accumulation: 1, gradientCheckpointing: 'off', device: 'cuda', processes: 1, machines: 1 }
  const job = await makeJob('train-adapter', place.projectId)
  await db().job.update({ where: { id: job.id }, data: { state: 'succeeded', finishedAt: new Date(), result: { ...result, ranAs } } })
  await db().trainingRun.create({ data: { ...place, baseModelId: modelId, ordinal: 7, settings: presets.starter.training, jobId: job.id } })
  expect((await facts()).speed).toMatchObject({ source: 'same-model', run: { ordinal: 7, model: 'small' } })
  expect((await facts({ baseModel: 'another' })).speed).toMatchObject({ source: 'other-model' })

  const perSecond = async (changes: object) => {
    await db().job.update({ where: { id: job.id }, data: { result: { ...result, ranAs: { ...ranAs, ...changes } } } })
    return (await facts()).speed?.perSecond ?? 0
  }
  const alone = await perSecond({})
  // The trainer's tokens are those of all its ranks together, and a speed is one device's.
  expect(await perSecond({ processes: 4, machines: 2 })).toBeCloseTo(alone / 8, 0)
  expect(await perSecond({ processes: 4, device: 'cpu' })).toBe(alone)
  expect(await perSecond({ gradientCheckpointing: 'on' })).toBeGreaterThan(alone * 1.2)
})

it('says what it cannot know, and refuses what is not asked as it must be', async () => {
  expect(await facts({ baseModel: '/nowhere' })).toMatchObject({ model: null, lengths: null })
  expect((await ask({ datasetVersionId: 'x' })).status).toBe(400)
  expect((await ask({ datasetVersionId: randomUUID() })).status).toBe(404)
  expect((await ask({}, 'evil.example')).status).toBe(403)
})

it('a run whose checkpoints find no room is refused before it is queued', async () => {
  const huge = { model_type: 'llama', hidden_size: 65_536, intermediate_size: 262_144, num_hidden_layers: 4096, num_attention_heads: 512, vocab_size: 1000 }
  const folder = join(env().home, 'huge')
  mkdirSync(folder)
  writeFileSync(join(folder, 'config.json'), JSON.stringify(huge))
  expect(architectureIn(huge)).not.toBeNull()
  const settings = { ...presets.starter.training, rank: 512 }
  const pairs = { trainingPairs: 1000, validationPairs: 0 }
  await expect(refuseWithoutSpace(folder, settings, pairs)).rejects.toMatchObject({ code: 'training.no-space' })
  await expect(refuseWithoutSpace(directory, settings, pairs)).resolves.toBeUndefined()
})
