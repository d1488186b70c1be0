import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { fillTemplate } from '@/lib/llm/prompts'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { inspectModelFolder } from '@/lib/models/folder'
import type { Progress } from '@/lib/queue/lease'
import { isPhase } from '@/lib/queue/phases'
import { readTrainingSettings } from '@/lib/settings/read-training'
import { modelDirectory } from '@/lib/stages/models'
import { refuseForDevice } from '@/lib/stages/training/allowed'
import { type RanAs, trainingResult } from '@/lib/stages/training/training'
import { thisDevice } from '@/gpu-worker/device'
import { watchDeviceUse } from '@/gpu-worker/process/device-use'
import { decided } from '@/gpu-worker/stages/train-adapter/decided'
import { frozenFiles } from '@/gpu-worker/stages/train-adapter/frozen-files'
import { withMemoryAdvice } from '@/gpu-worker/stages/train-adapter/memory-advice'
import { placementOf } from '@/gpu-worker/stages/train-adapter/placement'
import { Silence, silenceMs } from '@/gpu-worker/stages/train-adapter/silence'
import { allocator, trainerSettings } from '@/gpu-worker/stages/train-adapter/trainer-settings'
import { runPython } from '@/gpu-worker/process/run-python'
import { TrainingTelemetry } from '@/gpu-worker/stages/train-adapter/training-telemetry'

/** The trainer's own keys, kept as they come; tests/contract/training-result.json holds both sides to them. */
const done = trainingResult.extend({ sha256: z.string() })
const manifest = z.object({ files: z.array(z.object({ bytes: z.number() })) })
/** Samples are cut after `sampleSeconds`, looked at between tokens: silence is allowed half as long again. */
const silencePerSampleSecond = 1_500

/** Trains an adapter, from the newest complete checkpoint if there is one; ends early with what it has when that is asked. */
export const trainAdapter: Handler = async (attempt) => {
  const run = await db().trainingRun.findUniqueOrThrow({
    where: { id: attempt.subjectId },
    include: { baseModel: true, promptVersion: true, datasetVersion: { include: { job: true } }, samplePremises: { orderBy: { ordinal: 'asc' } } },
  })
  const asked = readTrainingSettings(run.settings)
  const device = await thisDevice()
  // Between the order and now, or between two attempts, the folder may have been moved or cut.
  await inspectModelFolder(modelDirectory(run.baseModel))
  refuseForDevice(asked, await db().device.findUnique({ where: { name: device.name } }))
  const settings = { ...asked, ...(await decided(asked, run, attempt)) }
  const placement = placementOf(settings, device, attempt)
  const files = await frozenFiles(run.datasetVersion)
  const directory = inHome(artifactPath.trainingRun(run.id))
  await mkdir(directory, { recursive: true })
  await hearKeep(attempt, inHome(artifactPath.stopAndKeep(run.id)))

  const { system, template } = run.promptVersion
  const stopped = new AbortController()
  const telemetry = new TrainingTelemetry(attempt, run.id, directory, settings.keepCheckpoints, (error) => stopped.abort(error))
  let told: Progress = { done: 0, total: 0, phase: 'reading-pairs' }
  const silence = new Silence((minutes) => {
    attempt.log('worker', `Nothing was heard of the trainer for ${minutes} minutes. It may be slow or it may hang: its log shows where it stands. Cancelling keeps the newest checkpoint.`)
    attempt.progress({ ...told, phase: 'silent' })
  }, Math.max(silenceMs, settings.sampleSeconds * silencePerSampleSecond))
  const result = await runPython({
    attempt: { ...attempt, signal: AbortSignal.any([attempt.signal, stopped.signal]) },
    script: 'train_adapter.py',
    directory,
    environment: allocator,
    config: {
      run_directory: directory,
      base_model: modelDirectory(run.baseModel),
      start_checkpoint: startOf(run),
      continued_rate: run.continuesRate ?? 'stretched',
      continued_step: run.continuesStep ?? 0,
      continued_from: run.continuesFrom ?? 0,
      train_file: files.training,
      validation_file: files.validation,
      system,
      // A pair has a premise and no instruction of its own.
      user_template: fillTemplate(template, { premise: '{{premise}}', instruction: '' }),
      sample_premises: run.samplePremises.map(({ premise }) => premise),
      ...trainerSettings(settings, device),
      ...placement,
      base_weights_sha256: run.baseModel.sha256 ?? '',
    },
    beside: (pid) => watchDeviceUse(pid, (use) => telemetry.addDeviceUse(use), (reason) => attempt.log('worker', `What the run takes of the machine is not measured: ${reason}`)),
    onEvent(event) {
      silence.heard()
      if (event.event === 'metric') telemetry.addMetric(event)
      if (event.event === 'checkpoint') telemetry.addCheckpoint(event)
      if (event.event === 'sample') telemetry.addSample(event)
      if (event.event === 'progress') {
        told = { done: event.done, total: event.total, phase: isPhase(event.note) ? event.note : 'training' }
        attempt.progress(told)
      }
    },
  })
    .catch((error: unknown) => {
      throw withMemoryAdvice(error, { ...settings, devices: placement.processes }, device)
    })
    .finally(() => {
      silence.close()
      return telemetry.close()
    })

  const { sha256, ...outcome } = done.parse(result)
  await telemetry.complete(outcome.steps)
  const adapter = { directory: artifactPath.adapter(run.id), sha256, bytes: await bytesOf(inHome(artifactPath.adapter(run.id))) }
  await attempt.write(async (tx) => {
    await tx.adapter.upsert({ where: { trainingRunId: run.id }, create: { trainingRunId: run.id, ...adapter }, update: adapter })
    await tx.trainingRun.update({ where: { id: run.id }, data: { stoppedEarly: outcome.stopped_early } })
  })
  const { batchSize, accumulation, gradientCheckpointing } = settings
  const { processes, machines } = placement
  const ranAs: RanAs = { batchSize, accumulation, gradientCheckpointing, device: device.kind, processes, machines }
  return { ...outcome, ranAs }
}

/** The folder of the checkpoint that the run begins from, or nothing. */
function startOf({ continuesId, continuesStep }: { continuesId: string | null; continuesStep: number | null }): string {
  if (continuesStep === null) return ''
  if (continuesId === null) throw new MolianError('training.no-checkpoint', { step: continuesStep })
  return inHome(artifactPath.checkpoint(continuesId, continuesStep))
}

/** The trainer looks for this file after every step. */
async function hearKeep(attempt: Attempt, file: string): Promise<void> {
  await rm(file, { force: true })
  void attempt.keepRequested.then(() => writeFile(file, '')).catch((error: unknown) => attempt.log('worker', `The wish to stop and keep did not reach the trainer: ${String(error)}`))
}

async function bytesOf(folder: string): Promise<bigint> {
  const file = path.join(folder, 'manifest.json')
  const { files } = manifest.parse(JSON.parse(await readFile(file, 'utf8')))
  return BigInt(files.reduce((sum, { bytes }) => sum + bytes, (await stat(file)).size))
}
