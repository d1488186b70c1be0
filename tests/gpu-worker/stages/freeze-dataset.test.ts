import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { decideChapter, decideNovel } from '@/lib/stages/novels/novels'
import { exportDataset } from '@/lib/stages/pairs/dataset-export'
import { listDatasetVersions, versionBalance } from '@/lib/stages/pairs/datasets'
import { decidePair as decide, type PairWord } from '@/lib/stages/pairs/decisions'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { listPairs } from '@/tests/support/pairs-of-run'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { startPremiseRun, startSet, startVersion } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
let runId: string
const words = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏'

/** A project with three novels of two chapters each and a premise for each passage. */
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
  await sendNovels(projectId, [0, 1, 2].map((novel) => ({
    name: `书${novel}`,
    text: [1, 2].map((chapter) => `第${'一二'[chapter - 1]}章\n${modernProse(400, novel * 2 + chapter)}`).join('\n'),
  })))
  const set = await startSet(projectId)
  await runNextWell()
  const server = await startOpenaiServer((asked, count) => says(asked, `江边的${words[count]}人等着天亮。`))
  const run = await startPremiseRun(projectId, set.id, server.url, { concurrency: 1 })
  await runNextWell()
  runId = run.id
})

/** A word on a premise of a run. */
const decidePair = (project: string, id: number, word: PairWord) => decide(project, { kind: 'run', id }, word)

async function freeze(changes: Parameters<typeof startVersion>[2] = {}) {
  const version = await startVersion(projectId, runId, changes)
  await runNextWell()
  return db().datasetVersion.findUniqueOrThrow({ where: { id: version.id }, include: { pairs: { orderBy: { ordinal: 'asc' } } } })
}

/** Which splits the pairs of each chapter and novel are in. */
async function splits(versionId: string): Promise<{ chapters: string[][]; novels: string[][] }> {
  const rows = await db().$queryRaw<{ chapter: number; novel: number; split: string }[]>`
    SELECT DISTINCT s.chapter_id AS chapter, c.novel_id AS novel, d.split::text FROM dataset_pair d JOIN premise p ON p.id = d.premise_id
    JOIN passage s ON s.id = p.passage_id JOIN chapter c ON c.id = s.chapter_id WHERE d.dataset_version_id = ${versionId}::uuid ORDER BY 1, 2, 3`
  const by = (key: 'chapter' | 'novel') => [...new Set(rows.map((row) => row[key]))].map((id) => [...new Set(rows.filter((row) => row[key] === id).map(({ split }) => split))].sort())
  return { chapters: by('chapter'), novels: by('novel') }
}

describe('a dataset version', () => {
  it('holds every pair, in the order of the passages, as rows and as the files that training reads', async () => {
    const version = await freeze()
    const { pairs } = await listPairs(runId, 'all', { take: 100, skip: 0 })
    expect(version.pairs.map(({ premise, passage }) => [premise, passage])).toEqual(pairs.map(({ premise, passage }) => [premise, passage.text.trim()]))
    expect(version.trainingPairs + version.validationPairs).toBe(pairs.length)
    expect(version.characters).toBe(versionBalance(version)?.after.characters)
    expect(version.characters).toBeGreaterThanOrEqual(version.pairs.reduce((sum, { passage }) => sum + [...passage].length, 0))
    const directory = inHome(artifactPath.dataset(version.id))
    for (const split of ['training', 'validation'] as const) {
      const lines = readFileSync(join(directory, `${split}.jsonl`), 'utf8').trimEnd().split('\n')
      expect(lines.map((line) => JSON.parse(line))).toEqual(version.pairs.filter((pair) => pair.split === split).map(({ premise, passage }) => ({ premise, passage })))
    }
    const whole = version.pairs.map(({ split, premise, passage }) => `${split}\t${JSON.stringify({ premise, passage })}\n`).join('')
    expect(version.sha256).toBe(createHash('sha256').update(whole).digest('hex'))
    await expectInvariants(env().databaseUrl)
  })

  it('as Alpaca JSON is one valid array', async () => {
    const version = await freeze()
    let text = ''
    for await (const piece of exportDataset(version.id, 'alpaca')) text += piece
    expect(JSON.parse(text)).toEqual(version.pairs.map(({ premise, passage }) => ({ instruction: '', input: premise, output: passage })))
    await db().datasetPair.deleteMany({ where: { datasetVersionId: version.id } })
    let none = ''
    for await (const piece of exportDataset(version.id, 'alpaca')) none += piece
    expect(JSON.parse(none)).toEqual([])
  })

  it.each(['chapter', 'novel'] as const)('is split by %s, never inside one, near the share, at random by the seed', async (splitBy) => {
    const layouts = new Set<string>()
    for (const seed of [1, 2, 3, 4]) {
      const version = await freeze({ splitBy, seed, validationShare: 0.34 })
      const { chapters, novels } = await splits(version.id)
      for (const group of splitBy === 'chapter' ? chapters : novels) expect(group).toHaveLength(1)
      expect(version.validationPairs).toBeGreaterThan(0)
      expect(Math.abs(version.validationPairs / version.pairs.length - 0.34)).toBeLessThan(0.15)
      layouts.add(JSON.stringify(chapters))
    }
    expect(layouts.size).toBeGreaterThan(1)
  })

  it('has no validation where none is wanted, and always something to train on', async () => {
    expect(await freeze({ validationShare: 0 })).toMatchObject({ validationPairs: 0 })
    const chapters = await db().chapter.findMany({ where: { novel: { projectId } }, orderBy: { id: 'asc' } })
    for (const chapter of chapters.slice(1)) await decidePairsOf(chapter.id, 'rejected')
    expect(await freeze({ validationShare: 0.5 })).toMatchObject({ validationPairs: 0 })
  })

  it('is the same for the same pairs and another one for any other', async () => {
    const first = await freeze()
    expect((await startVersion(projectId, runId)).id).toBe(first.id)
    await db().job.deleteMany({ where: { name: 'freeze-dataset' } })
    const again = await freeze()
    expect(again.sha256).toBe(first.sha256)
    expect((await freeze({ seed: 4 })).sha256).not.toBe(first.sha256)
    const [pair] = (await listPairs(runId, 'all', { take: 1, skip: 0 })).pairs
    await decidePair(projectId, pair?.premiseId ?? 0, { edited: ' 江边无人。 ' })
    const edited = await freeze()
    expect(edited.sha256).not.toBe(first.sha256)
    expect(edited.pairs[0]?.premise).toBe('江边无人。')
    expect(await db().datasetPair.findFirst({ where: { datasetVersionId: again.id, ordinal: 0 } })).toMatchObject({ premise: pair?.premise })
    expect((await listDatasetVersions(projectId)).map(({ ordinal }) => ordinal).sort()).toEqual([1, 2, 3])
  })
})

async function decidePairsOf(chapterId: number, verdict: 'kept' | 'rejected') {
  await db().premise.updateMany({ where: { premiseRunId: runId, passage: { chapterId } }, data: { verdict } })
}

describe('a person’s word', () => {
  it('leaves a rejected pair out, and takes an edited one although it was refused', async () => {
    const { pairs } = await listPairs(runId, 'all', { take: 100, skip: 0 })
    const [first, second, third] = pairs
    await db().premise.update({ where: { id: second?.premiseId }, data: { outcome: 'refused', flaws: ['too-long'] } })
    await db().premise.update({ where: { id: third?.premiseId }, data: { outcome: 'refused', flaws: ['too-long'] } })
    await decidePair(projectId, first?.premiseId ?? 0, { verdict: 'rejected' })
    await decidePair(projectId, second?.premiseId ?? 0, { edited: '江边只有雪。' })
    const version = await freeze()
    expect(version.pairs.map(({ premiseId }) => premiseId)).toEqual(pairs.filter((_, index) => index !== 0 && index !== 2).map(({ premiseId }) => premiseId))
    expect(version.pairs[0]?.premise).toBe('江边只有雪。')
    expect(versionBalance(version)?.leftOut).toMatchObject({ rejected: 1, refused: 1 })
  })

  it('is all that counts where undecided pairs are left out', async () => {
    const { pairs } = await listPairs(runId, 'all', { take: 100, skip: 0 })
    await startVersion(projectId, runId, { undecided: 'leave_out' })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'pairs.none' })
    await decidePair(projectId, pairs[4]?.premiseId ?? 0, { verdict: 'kept' })
    expect((await freeze({ undecided: 'leave_out' })).pairs.map(({ premiseId }) => premiseId)).toEqual([pairs[4]?.premiseId])
  })

  it('on a chapter or novel says which side it is on', async () => {
    const [, second, third] = await db().novel.findMany({ where: { projectId }, orderBy: { id: 'asc' } })
    await decideNovel(projectId, second?.id ?? 0, { role: 'validation' })
    await decideNovel(projectId, third?.id ?? 0, { role: 'training' })
    const chapter = await db().chapter.findFirstOrThrow({ where: { novelId: second?.id }, orderBy: { ordinal: 'asc' } })
    await decideChapter(projectId, chapter.id, { role: 'training' })
    const version = await freeze({ validationShare: 0 })
    expect((await splits(version.id)).chapters).toEqual([['training'], ['training'], ['training'], ['validation'], ['training'], ['training']])
  })

  it('does not reach into another project', async () => {
    const [pair] = (await listPairs(runId, 'all', { take: 1, skip: 0 })).pairs
    await expect(decidePair(await makeProject(), pair?.premiseId ?? 0, { verdict: 'rejected', edited: 'x' })).rejects.toMatchObject({ code: 'run.missing' })
    expect((await listPairs(runId, 'all', { take: 1, skip: 0 })).pairs[0]).toEqual(pair)
  })

  it('is found by its filter, and taken back', async () => {
    const { pairs, total } = await listPairs(runId, 'all', { take: 3, skip: 1 })
    expect([pairs.length, total > 3]).toEqual([3, true])
    const id = pairs[0]?.premiseId ?? 0
    await decidePair(projectId, id, { edited: '改过的提要' })
    const found = async (filter: 'kept' | 'rejected' | 'edited' | 'undecided' | 'refused' | 'good') => (await listPairs(runId, filter, { take: 100, skip: 0 })).total
    expect([await found('edited'), await found('kept'), await found('rejected'), await found('undecided'), await found('refused'), await found('good')]).toEqual([1, 1, 0, total - 1, 0, total])
    await decidePair(projectId, id, { edited: null, verdict: 'undecided' })
    expect([await found('edited'), await found('kept'), await found('undecided')]).toEqual([0, 0, total])
  })
})
