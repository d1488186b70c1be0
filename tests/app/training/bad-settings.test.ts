import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { idle } from '@/app/_guard/action-state'
import { startTrainingRun } from '@/app/projects/[projectId]/training/actions'
import { handlers } from '@/gpu-worker/handlers'
import { runJob } from '@/gpu-worker/run-job'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { claimNext } from '@/lib/queue/lease'
import { readConfig } from '@/lib/settings/config-file'
import { presets } from '@/lib/settings/presets'
import { refuseForDevice } from '@/lib/stages/training/allowed'
import { startTraining } from '@/lib/stages/training/training'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { makeJob, readJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
// Next gives headers only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => ({ value: 'en' }) }), headers: async () => new Headers({ host: 'localhost:3000', origin: 'http://localhost:3000' }) }))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

let place: Awaited<ReturnType<typeof makeFrozenDataset>>
let baseModelId: string
beforeAll(async () => {
  place = await makeFrozenDataset(8)
  baseModelId = (await db().model.create({ data: { kind: 'base', name: 'tiny', directory: `models/${randomUUID()}` } })).id
})

/** `form`: what a person would type; null where a form cannot say it: everything in it is text, and what it has besides is left aside. */
type Case = { field: string; value: unknown; form: string | null }
const wrong: Case[] = [
  { field: 'learningRate', value: 0, form: '0' },
  { field: 'learningRate', value: -1e-4, form: '-0.0001' },
  { field: 'learningRate', value: 1e9, form: '1e9' },
  { field: 'learningRate', value: null, form: null },
  { field: 'rank', value: 0, form: '0' },
  { field: 'rank', value: 1_000_000, form: '1000000' },
  { field: 'rank', value: 8.5, form: '8.5' },
  { field: 'rank', value: '8', form: null },
  { field: 'batchSize', value: 0, form: '0' },
  { field: 'accumulation', value: 1e300, form: '1e300' },
  { field: 'epochs', value: -1, form: '-1' },
  { field: 'maxLength', value: '1024', form: null },
  { field: 'targets', value: ['lm_head'], form: 'lm_head' },
  { field: 'schedule', value: '$(reboot)', form: '$(reboot)' },
  { field: 'method', value: '--rank=1', form: '--rank=1' },
  { field: 'precision', value: 'float32; rm -rf ~', form: 'float32; rm -rf ~' },
  { field: 'gradientCheckpointing', value: true, form: null },
  { field: 'packing', value: 'yes', form: null },
  { field: 'loraRank', value: 8, form: null },
  { field: '--help', value: 1, form: null },
]

const good = presets.starter.training

async function inForm(field: string, typed: string) {
  const form = new FormData()
  form.set('projectId', place.projectId)
  form.set('datasetVersionId', place.datasetVersionId)
  form.set('prompt', place.promptVersionId)
  for (const [name, value] of Object.entries({ ...good, [field]: typed })) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== false) form.append(name, each === true ? 'on' : String(each))
  }
  return startTrainingRun(idle, form)
}

function inConfig(text: string): MolianError {
  try {
    readConfig(text, 'my.json', presets.starter, 'en')
  } catch (error) {
    if (error instanceof MolianError) return error
    throw error
  }
  throw new Error('The config was taken')
}

/** A run and its job as somebody else's program might write them, past everything that looks first. */
async function inJob(settings: object) {
  const job = await makeJob('train-adapter', place.projectId)
  const { count } = await db().job.updateMany({ where: { id: job.id }, data: { lane: 'gpu' } })
  const { projectId, datasetVersionId, promptVersionId } = place
  const ordinal = (await db().trainingRun.count({ where: { projectId } })) + 1
  const run = await db().trainingRun.create({ data: { projectId, datasetVersionId, promptVersionId, baseModelId, ordinal, settings, jobId: job.id } })
  await db().job.update({ where: { id: job.id }, data: { subjectId: run.id } })
  const claimed = count === 1 ? await claimNext('gpu', 'this test', 'a device') : null
  if (claimed?.id !== job.id) throw new Error('Another job was claimed')
  await runJob(claimed, handlers).ended
  return readJob(job.id)
}

describe.each(wrong)('$field: $value', ({ field, value, form }) => {
  const settings = { ...good, [field]: value }
  const start = () => startTraining(place.projectId, { datasetVersionId: place.datasetVersionId, promptVersionId: place.promptVersionId, settings })

  it('is refused by name where a run is started, and queues nothing', async () => {
    const before = await db().trainingRun.count()
    await expect(start()).rejects.toMatchObject({ code: 'training.bad-setting', params: { field: expect.stringContaining(field) } })
    expect(await db().trainingRun.count()).toBe(before)
  })

  it('is refused by the worker with the same code and sentence', async () => {
    const refused = await start().catch((error: unknown) => error)
    const job = await inJob(settings)
    expect(job).toMatchObject({ state: 'failed', errorCode: 'training.bad-setting' })
    expect(refused).toBeInstanceOf(MolianError)
    expect(job.errorText).toBe(refused instanceof MolianError ? refused.message : '')
  })

  it('is refused in a config file by its field, for the same reason', async () => {
    const refused = await start().catch((error: unknown) => error)
    const error = inConfig(JSON.stringify({ training: { [field]: value } }))
    expect(error.code).toBe('config.bad-field')
    expect(error.sentence('en')).toContain(refused instanceof MolianError ? String(refused.params.reason) : '?')
    expect(error.sentence('en')).toContain('training')
  })

  it.skipIf(form === null)('is refused in the form at its field, for the same reason', async () => {
    const refused = await start().catch((error: unknown) => error)
    const state = await inForm(field, form ?? '')
    const said = state.status === 'failed' ? Object.entries(state.fields).find(([name]) => name.startsWith(field))?.[1] : undefined
    expect(said).toBe(refused instanceof MolianError ? refused.params.reason : '')
  })
})

describe('what JSON cannot say', () => {
  it.each([
    ['{"training": {"learningRate": NaN}}', 'config.not-json'],
    ['{"training": {"learningRate": 1e999}}', 'config.bad-field'],
    ['{"training": {"__proto__": {"rank": 1}}}', 'config.bad-field'],
  ])('%s', (text, code) => expect(inConfig(text).code).toBe(code))

  it('NaN typed into the form is no number', async () => {
    const state = await inForm('learningRate', 'NaN')
    expect(state.status === 'failed' && state.fields.learningRate).toBeTruthy()
  })
})

describe('what this machine cannot do', () => {
  beforeAll(async () => {
    await db().device.create({ data: { name: 'here/cpu', kind: 'cpu', label: 'a CPU', cores: 2, memoryBytes: 8_000_000_000n, hasNativeBfloat16: false } })
  })

  it.each([
    [{ method: 'qlora' as const }, 'training.needs-nvidia'],
    [{ precision: 'float16' as const }, 'training.needs-nvidia'],
  ])('%j is refused with the reason', async (change, code) => {
    const device = await db().device.findUniqueOrThrow({ where: { name: 'here/cpu' } })
    expect(() => refuseForDevice({ ...good, ...change }, device)).toThrow(expect.objectContaining({ code }))
    expect(() => refuseForDevice(good, device)).not.toThrow()
    expect(() => refuseForDevice({ ...good, method: 'qlora' }, { kind: 'cuda', hasBitsandbytes: false })).toThrow(expect.objectContaining({ code: 'training.needs-bitsandbytes' }))
    expect(() => refuseForDevice({ ...good, ...change }, { kind: 'cuda', hasBitsandbytes: true })).not.toThrow()
  })
})
