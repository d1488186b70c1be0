import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { claimNext, finish } from '@/lib/queue/lease'
import { liveJobs, projectStanding } from '@/lib/stages/overview'
import { createProject, deleteProject, deletionOf, findProject, listProjects, projectNamed, renameProject } from '@/lib/stages/projects'
import { expectInvariants } from '@/tests/support/invariants'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { classicalProse, modernProse, row, send, sendNovels, sendTest } from '@/tests/support/project-files'
import { runNext, runNextWell, runStoriesWell } from '@/tests/support/run-next'
import { startPremiseRun, startSet, startStoryRun, startSubmit, startVersion } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
beforeEach(async () => {
  await db().project.deleteMany()
})

describe('projects', () => {
  it('are created, renamed and found by name', async () => {
    const one = await createProject('  雪  ')
    expect(one.name).toBe('雪')
    await expect(createProject('雪')).rejects.toMatchObject({ code: 'project.name-taken', params: { name: '雪' } })
    expect((await projectNamed('雪')).id).toBe(one.id)
    const two = await projectNamed('雨')
    await expect(renameProject(two.id, '雪')).rejects.toMatchObject({ code: 'project.name-taken' })
    expect(await renameProject(two.id, '<script>')).toMatchObject({ name: '<script>' })
    for (const name of ['', ' ', 'x'.repeat(81)]) await expect(createProject(name)).rejects.toThrow()
    expect((await listProjects()).map(({ name, counts }) => [name, counts])).toEqual(['<script>', '雪'].map((name) => [name, { novels: 0, trainingRuns: 0, submissions: 0 }]))
    for (const id of ['', 'x', '../', randomUUID()]) expect(await findProject(id)).toBeNull()
  })
})

/** A project that has come to a submission; what training would leave is put there by hand. */
async function wholeProject() {
  const { id } = await createProject('全程')
  await sendNovels(id, [{ name: '路', text: `第一章\n${modernProse(400)}\n第二章\n${modernProse(400, 3)}` }])
  const test = await sendTest(id, [row('雪'), row('雨')])
  const set = await startSet(id)
  await runNextWell()
  const server = await startOpenaiServer((asked, count) => says(asked, `${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'[count]}人在江边等着天亮。`))
  const premises = await startPremiseRun(id, set.id, server.url)
  await runNextWell()
  const version = await startVersion(id, premises.id)
  await runNextWell()
  const stories = await startStoryRun(id, test.id, server.url)
  await runStoriesWell()
  const submission = await startSubmit(id, stories.id)
  await runNextWell()
  return { id, set, premises, version, stories, submission, server }
}

describe('deleting a project', () => {
  it('takes every row and file of it, and nothing of others', async () => {
    const other = await createProject('别的')
    const kept = await send(other.id, 'novels', '{"name":"药","text":"秋天的后半夜。"}')
    await runNextWell()
    const { id } = await wholeProject()
    const jobs = await db().job.findMany({ where: { projectId: id } })
    for (const job of jobs) {
      mkdirSync(inHome(artifactPath.jobDirectory(job.id)), { recursive: true })
    }
    expect(await deletionOf(id)).toMatchObject({ novels: 1, stories: 2, submissions: 1, adapters: 0 })
    const [uploads, versions, submissions] = await Promise.all([
      db().upload.findMany({ where: { projectId: id } }),
      db().datasetVersion.findMany({ where: { projectId: id } }),
      db().submission.findMany({ where: { projectId: id } }),
    ])
    const files = [
      ...uploads.map((upload) => artifactPath.upload(upload.id)),
      ...versions.map((version) => artifactPath.dataset(version.id)),
      ...submissions.map((submission) => artifactPath.submissionDirectory(submission.id)),
      ...jobs.map((job) => artifactPath.jobDirectory(job.id)),
    ].map(inHome)
    expect(files.filter(existsSync)).toEqual(files)

    await deleteProject(id)
    expect(files.filter(existsSync)).toEqual([])
    expect(existsSync(join(env().home, 'uploads', kept.id))).toBe(true)
    const tables = await db().$queryRaw<{ table_name: string }[]>`
      SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'project_id'`
    expect(tables.length).toBeGreaterThan(8)
    for (const { table_name } of tables) {
      const [count] = await db().$queryRawUnsafe<{ left: number }[]>(`SELECT count(*)::int AS left FROM "${table_name}" WHERE project_id = $1::uuid`, id)
      expect([table_name, count?.left]).toEqual([table_name, 0])
    }
    expect([await db().passage.count(), await db().premise.count(), await db().premiseAnswer.count(), await db().datasetPair.count(), await db().story.count(), await db().testRow.count()]).toEqual([0, 0, 0, 0, 0, 0])
    expect(await db().novel.count()).toBe(1)
    await expectInvariants(env().databaseUrl)
  })

  it('is refused while a job of it runs', async () => {
    const { id } = await createProject('忙')
    await send(id, 'novels', '{"name":"药","text":"秋天的后半夜。"}')
    const job = await claimNext('cpu', 'this test', null)
    await expect(deleteProject(id)).rejects.toMatchObject({ code: 'project.busy', params: { jobs: 1 } })
    await finish({ jobId: job?.id ?? '', epoch: job?.epoch ?? 0 }, { state: 'cancelled' })
    await deleteProject(id)
    expect(await findProject(id)).toBeNull()
  })
})

describe('the overview', () => {
  it('shows each stage: what it has, what works on it, what failed', async () => {
    const { id } = await createProject('概览')
    const brief = async () =>
      (await projectStanding(id)).map(({ stage, count, live, failed }) => [stage, count, live && `${live.name} ${live.state}`, failed && failed.errorCode])
    const nothing = ['novels', 'passages', 'premises', 'pairs', 'training', 'stories', 'submissions'].map((stage) => [stage, 0, null, null])
    expect(await brief()).toEqual(nothing)

    await send(id, 'novels', `{"name":"史","text":${JSON.stringify(classicalProse)}}`)
    expect((await brief())[0]).toEqual(['novels', 0, 'read-upload queued', null])
    const job = await claimNext('cpu', 'this test', null)
    await send(id, 'novels', '{}')
    expect((await brief())[0]).toEqual(['novels', 0, 'read-upload running', null])
    expect((await liveJobs()).map(({ state }) => state)).toEqual(['running', 'queued'])
    await finish({ jobId: job?.id ?? '', epoch: job?.epoch ?? 0 }, { state: 'queued' })
    await runNextWell()
    expect((await runNext()).state).toBe('failed')
    expect((await brief())[0]).toEqual(['novels', 1, null, 'upload.nothing-accepted'])

    await startSet(id)
    await runNext()
    expect(await brief()).toEqual([['novels', 1, null, 'upload.nothing-accepted'], ['passages', 0, null, 'passages.none'], ...nothing.slice(2)])
  })

  it('counts what the newest run of each stage holds', async () => {
    const { id, set, server } = await wholeProject()
    const { kept } = await db().passageSet.findUniqueOrThrow({ where: { id: set.id } })
    const counts = async () => Object.fromEntries((await projectStanding(id)).map(({ stage, count }) => [stage, count]))
    expect(await counts()).toEqual({ novels: 1, passages: kept, premises: kept, pairs: kept, training: 0, stories: 2, submissions: 1 })
    await startPremiseRun(id, set.id, server.url, { seed: 6 })
    expect(await counts()).toMatchObject({ premises: 0, pairs: kept })
  })
})
