import { describe, expect, it } from 'vitest'
import { isPhase, phases } from '@/lib/queue/phases'
import { messagesOf } from '@/app/_i18n/messages'
import { jobHref } from '@/app/jobs/_job-link'
import { db } from '@/lib/db'
import type { UploadKind } from '@/lib/generated/prisma/client'
import { readInvariants } from '@/bin/doctor/invariants.mjs'
import { checkInvariants } from '@/lib/queue/invariants'
import { jobNameSchema } from '@/lib/queue/jobs'
import { countJobs, findJob, subjectOf } from '@/lib/stages/jobs'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

describe('a job on the page', () => {
  it('has a word for every phase', () => {
    const words: Record<string, string> = messagesOf('en').jobs.phase
    expect(Object.keys(words).sort()).toEqual([...phases].sort())
    expect(isPhase('no phase')).toBe(false)
  })

  it('leads to the page of what it works on', () => {
    const job = (name: string, kind: UploadKind = 'novels') => jobHref({ name, projectId: 'p', subjectId: 's', upload: { kind } })
    expect(job('train-adapter')).toBe('/projects/p/training/s')
    expect(job('write-stories')).toBe('/projects/p/stories/s')
    expect(job('merge-adapter')).toBe('/projects/p/training')
    expect(job('read-upload')).toBe('/projects/p/novels')
    expect(job('read-upload', 'test')).toBe('/projects/p/stories')
    expect(jobNameSchema.options.every((name) => job(name) !== null)).toBe(true)
    expect(job('unknown')).toBeNull()
    expect(job('find-duplicates')).toBe('/projects/p/novels/duplicates')
    expect(jobHref({ name: 'rewrite-stories', projectId: 'p', subjectId: 's', upload: null, storyRewrite: { storyRunId: 'r' } })).toBe('/projects/p/stories/r')
    expect(jobHref({ name: 'train-adapter', projectId: null, subjectId: 's', upload: null })).toBeNull()
  })

  it('says which run it is', async () => {
    const { datasetVersionId } = await makeFrozenDataset()
    const { jobId } = await db().datasetVersion.findUniqueOrThrow({ where: { id: datasetVersionId } })
    const job = await findJob(jobId)
    expect(job && subjectOf(job)).toBe(1)
    const bare = await findJob((await makeJob()).id)
    expect(bare && subjectOf(bare)).toBeNull()
  })

  it('is counted by state and project', async () => {
    const job = await makeJob()
    expect(await countJobs(['queued'], job.projectId ?? undefined)).toBe(1)
    expect(await countJobs(['failed'], job.projectId ?? undefined)).toBe(0)
  })
})

describe('the invariants', () => {
  it('have a name in both languages', () => {
    for (const { name, query } of readInvariants()) expect(query, name).toMatch(/^-- zh: .*\p{Script=Han}/u)
  })

  it('hold, and name what breaks them', async () => {
    await db().job.deleteMany()
    const whole = await checkInvariants()
    expect(whole.broken).toEqual([])
    expect(whole.checked).toBeGreaterThan(10)
    const job = await makeJob()
    await db().job.update({ where: { id: job.id }, data: { state: 'failed', finishedAt: new Date() } })
    expect((await checkInvariants()).broken).toEqual([{ name: { en: 'every failure says what and why', zh: '每次失败都写明了什么、为什么' }, rows: 1 }])
  })
})
