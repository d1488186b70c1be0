import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants, readInvariants } from '@/bin/doctor/invariants.mjs'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { makeJob, makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { modernProse, row, sendNovels, sendTest } from '@/tests/support/project-files'
import { runNextWell, runStoriesWell } from '@/tests/support/run-next'
import { startPremiseRun, startSet, startStoryRun, startSubmit, startVersion } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeAll(async () => {
  projectId = await makeProject()
})

const broken = async () => (await brokenInvariants(env().databaseUrl)).map(({ name }) => name)

describe('the invariants', () => {
  it('hold after the whole way from novels to a submission', async () => {
    await sendNovels(projectId, [{ name: '路', text: modernProse(900) }])
    const test = await sendTest(projectId, [row('雪'), row('雨')])
    const set = await startSet(projectId)
    await runNextWell()
    const server = await startOpenaiServer((asked, count) => says(asked, `${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'[count]}人在江边等着天亮。`))
    const premises = await startPremiseRun(projectId, set.id, server.url)
    await runNextWell()
    await startVersion(projectId, premises.id)
    await runNextWell()
    const stories = await startStoryRun(projectId, test.id, server.url)
    await runStoriesWell()
    await startSubmit(projectId, stories.id)
    await runNextWell()
    expect(await broken()).toEqual([])
  })

  // Each breaks one thing of that project by hand and mends it again.
  const breaches: [string, string, string][] = [
    ['queued work has a recent bell', `UPDATE job SET state = 'queued', queued_at = now() - interval '2 minutes', rung_at = NULL WHERE name = 'cut-passages'`, `UPDATE job SET state = 'succeeded', queued_at = now() WHERE name = 'cut-passages'`],
    ['running work has a live lease', `UPDATE job SET state = 'running', owner = 'x', lease_until = now() - interval '2 minutes' WHERE name = 'cut-passages'`, `UPDATE job SET state = 'succeeded', owner = NULL, lease_until = NULL WHERE name = 'cut-passages'`],
    ['only running work has an owner', `UPDATE job SET owner = 'x' WHERE name = 'cut-passages'`, `UPDATE job SET owner = NULL`],
    ['nothing was written under an epoch that does not exist', `UPDATE premise SET epoch = 99`, `UPDATE premise SET epoch = 1`],
    ['nothing was written under an epoch that does not exist', `UPDATE story SET epoch = 99`, `UPDATE story SET epoch = 1`],
    ['a finished premise run has an outcome for every passage, and one good one', `UPDATE premise SET outcome = 'refused'`, `UPDATE premise SET outcome = 'good'`],
    ['a finished premise run has an outcome for every passage, and one good one', `UPDATE premise_run SET expected = expected + 1`, `UPDATE premise_run SET expected = expected - 1`],
    ['a finished passage set holds what it says', `UPDATE passage_set SET kept = kept + 1`, `UPDATE passage_set SET kept = kept - 1`],
    ['a finished passage set holds what it says', `UPDATE passage_set SET endings = endings + 1`, `UPDATE passage_set SET endings = endings - 1`],
    ['a passage is marked as what it is of its chapter', `UPDATE passage SET opening = NOT opening`, `UPDATE passage SET opening = NOT opening`],
    ['a finished story run has an outcome for every row, and one good one', `UPDATE test_file SET row_count = 3`, `UPDATE test_file SET row_count = 2`],
    ['a finished dataset version has its hash and all its pairs', `UPDATE dataset_version SET sha256 = NULL`, `UPDATE dataset_version SET sha256 = 'x'`],
    ['a finished dataset version has its hash and all its pairs', `UPDATE dataset_version SET training_pairs = training_pairs + 1`, `UPDATE dataset_version SET training_pairs = training_pairs - 1`],
    ["a finished submission has its file's hash", `UPDATE submission SET path = NULL`, `UPDATE submission SET path = 'x'`],
    ['a submission knows each of its rows, or none', `UPDATE submission SET try_numbers = try_numbers[2:]`, `UPDATE submission SET try_numbers = output_prints`],
    ['a ready upload is whole', `UPDATE upload SET accepted = accepted + 1`, `UPDATE upload SET accepted = accepted - 1`],
    ['a ready upload is whole', `UPDATE upload SET total = total + 1`, `UPDATE upload SET total = total - 1`],
    ['a ready upload is whole', `UPDATE upload SET accepted = 3, total = 3 WHERE kind = 'test'`, `UPDATE upload SET accepted = 2, total = 2 WHERE kind = 'test'`],
    ['a ready upload is whole', `UPDATE upload_file SET rejected = rejected + 1`, `UPDATE upload_file SET rejected = rejected - 1`],
    ['a passage lies within its chapter', `UPDATE passage SET end_at = end_at + 10000`, `UPDATE passage SET end_at = end_at - 10000`],
    ['an indexed chapter can be found, from its beginning to its end', `UPDATE chapter SET indexed = true`, `UPDATE chapter SET indexed = false`],
    ["a novel's characters are those of its active chapters", `UPDATE novel SET characters = characters + 1`, `UPDATE novel SET characters = characters - 1`],
    ["a revision's chapters are there in its place, or those that it replaced", `WITH r AS (INSERT INTO revision (novel_id, kind, what) SELECT id, 'renamed', '{}' FROM novel RETURNING id) UPDATE chapter SET replaced_by_id = r.id FROM r`, `DELETE FROM revision`],
    ['every failure says what and why', `UPDATE job SET state = 'failed' WHERE name = 'make-submission'`, `UPDATE job SET state = 'succeeded' WHERE name = 'make-submission'`],
    ['no key is stored in the clear', `UPDATE endpoint SET key_cipher = 'sk-in-the-clear'`, `UPDATE endpoint SET key_cipher = NULL`],
  ]
  it.each(breaches)('catch a breach of: %s (%s)', async (name, breach, mend) => {
    await db().$executeRawUnsafe(breach)
    expect(await broken()).toContain(name)
    await db().$executeRawUnsafe(mend)
    expect(await broken()).toEqual([])
  })

  it('catch a training run without its adapter and a metric of a lost attempt', async () => {
    const [prompt, version] = [await db().promptVersion.findFirstOrThrow(), await db().datasetVersion.findFirstOrThrow()]
    const model = await db().model.create({ data: { kind: 'base', name: 'm', directory: randomUUID() } })
    const job = await makeJob('train-adapter', projectId)
    const run = await db().trainingRun.create({
      data: { projectId, ordinal: 1, datasetVersionId: version.id, baseModelId: model.id, promptVersionId: prompt.id, settings: {}, jobId: job.id },
    })
    const metric = { trainingRunId: run.id, name: 'loss', value: 1 }
    await db().job.update({ where: { id: job.id }, data: { state: 'succeeded', epoch: 2 } })
    await db().metric.createMany({ data: [{ ...metric, step: 1, epoch: 2 }, { ...metric, step: 2, epoch: 1 }] })
    expect(await broken()).toEqual(["no metric is older than one of an earlier step's later attempt", 'a finished training run has its adapter'])
    await db().model.update({ where: { id: model.id }, data: { jobId: job.id } })
    expect(await broken()).toContain("a finished merge has its model's hash")
    await db().model.update({ where: { id: model.id }, data: { jobId: null } })
    await db().metric.updateMany({ where: { step: 2 }, data: { epoch: 3 } })
    expect(await broken()).toContain('nothing was written under an epoch that does not exist')
    await db().project.delete({ where: { id: projectId } })
    expect(await broken()).toEqual([])
  })

  it('are unique by name, and of two jobs of a run or on a device none or one may run', async () => {
    const names = readInvariants().map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThan(12)
    const project = await makeProject()
    const [one, two] = [await makeJob('train-adapter', project), await makeJob('train-adapter', project)]
    const running = { state: 'running', device: 'cuda:0', owner: 'x', leaseUntil: new Date(Date.now() + 60_000) } as const
    await db().job.update({ where: { id: one.id }, data: running })
    await expect(db().job.update({ where: { id: two.id }, data: running })).rejects.toMatchObject({ code: 'P2039' })
    await db().job.update({ where: { id: two.id }, data: { ...running, device: 'cuda:1', subjectId: one.subjectId } })
    expect(await broken()).toEqual(['one running job per run'])
  })
})
