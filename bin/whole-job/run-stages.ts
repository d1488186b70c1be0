import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Adapter, Job, Model, Project, StoryRun, Submission, TrainingRun, Upload, UploadKind } from '@/lib/generated/prisma/client'
import type { JobSettings } from '@/lib/settings/job-settings'
import { startDataset } from '@/lib/stages/pairs/datasets'
import { startMerge } from '@/lib/stages/models/merging'
import { startPassages } from '@/lib/stages/passages/passages'
import { startPremises } from '@/lib/stages/premises/premises'
import { projectNamed } from '@/lib/stages/projects'
import { savePremisePrompt, saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { startStories } from '@/lib/stages/stories/stories'
import { startSubmission } from '@/lib/stages/submissions/submissions'
import { testFileOfUpload } from '@/lib/stages/stories/test-files'
import { startTraining } from '@/lib/stages/training/training'
import { receiveUpload } from '@/lib/stages/uploads/whole'
import { chosenWriterOf } from '@/bin/whole-job/chosen-writer'
import { waitForJob } from '@/bin/whole-job/wait-for-job'

export type StageStep = 'novels' | 'test' | 'passages' | 'premises' | 'pairs' | 'training' | 'merge' | 'stories' | 'submissions'

export type Report = {
  progress(step: StageStep, job: Job): void
  done(step: StageStep, job: Job): void
}

export type WholeJob = {
  project: Project
  test: Upload
  trainingRun: TrainingRun
  trainingJob: Job
  merged: Model
  storyRun: StoryRun
  submission: Submission
}

/**
 * The seven stages, one after the other, with the functions that the studio's buttons call. What is already there
 * for the same input and settings is found, not done again.
 */
export async function runStages(order: { projectName: string; train: string; test: string; settings: JobSettings }, report: Report): Promise<WholeJob> {
  const { settings } = order
  const project = await projectNamed(order.projectName)

  async function ended(step: StageStep, jobId: string | null): Promise<Job> {
    if (!jobId) throw new MolianError('job.missing', { job: step })
    const job = await waitForJob(jobId, (now) => report.progress(step, now))
    report.done(step, job)
    return job
  }

  const novels = await upload(project, 'novels', order.train)
  await ended('novels', novels.jobId)
  const test = await upload(project, 'test', order.test)
  await ended('test', test.jobId)
  const testFile = await testFileOfUpload(test.id)
  if (!testFile) throw new MolianError('stories.no-test-file')

  const passageSet = await startPassages(project.id, { novels: settings.novels, passages: settings.passages })
  await ended('passages', passageSet.jobId)

  const premisePrompt = await savePremisePrompt(project.id, settings.premises.prompt)
  const premiseRun = await startPremises(project.id, {
    passageSetId: passageSet.id,
    promptVersionId: premisePrompt.id,
    settings: { writer: await chosenWriterOf(settings.premises.writer, settings.premises.sampling.style), sampling: settings.premises.sampling },
  })
  await ended('premises', premiseRun.jobId)

  const dataset = await startDataset(project.id, [{ kind: 'run', id: premiseRun.id }], settings.pairs)
  await ended('pairs', dataset.jobId)

  const storyPrompt = await saveStoryPrompt(project.id, settings.stories.prompt)
  const trainingRun = await startTraining(project.id, { datasetVersionId: dataset.id, promptVersionId: storyPrompt.id, settings: settings.training })
  const trainingJob = await ended('training', trainingRun.jobId)
  const merged = await startMerge((await adapterOf(trainingRun)).id)
  await ended('merge', merged.jobId)

  const storyRun = await startStories(project.id, {
    testFileId: testFile.id,
    promptVersionId: storyPrompt.id,
    settings: { writer: await chosenWriterOf(settings.stories.writer, settings.stories.sampling.style, merged), sampling: settings.stories.sampling },
  })
  await ended('stories', storyRun.jobId)
  const submission = await startSubmission(project.id, storyRun.id, settings.submissions)
  await ended('submissions', submission.jobId)
  return { project, test, trainingRun, trainingJob, merged, storyRun, submission: await db().submission.findUniqueOrThrow({ where: { id: submission.id } }) }
}

async function upload(project: Project, kind: UploadKind, file: string): Promise<Upload> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw new MolianError('upload.unreadable', { file, reason: found ? 'not a file' : 'no such file' })
  return receiveUpload(project.id, kind, path.basename(file), createReadStream(file, { highWaterMark: 1 << 20 }), { declaredBytes: found.size })
}

async function adapterOf(run: TrainingRun): Promise<Adapter> {
  return db().adapter.findUniqueOrThrow({ where: { trainingRunId: run.id } })
}
