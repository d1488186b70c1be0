import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { usualDuplicateSettings } from '@/lib/settings/duplicates'
import { keepAll, keepOne, undoDecision } from '@/lib/stages/novels/duplicate-decisions'
import { startDuplicateSearch } from '@/lib/stages/novels/duplicates'
import { pairCheckStanding, startPairCheck } from '@/lib/stages/pairs/checks'
import { decidePair } from '@/lib/stages/pairs/decisions'
import { pairFacets } from '@/lib/stages/pairs/facets'
import { filterOf } from '@/lib/stages/pairs/filter'
import type { PairSource } from '@/lib/stages/pairs/source'
import { pairDetail } from '@/lib/stages/pairs/detail'
import { pairPage } from '@/lib/stages/pairs/table'
import { duplicateGroupsOfPassages } from '@/lib/stages/passages/duplicates'
import { makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { sampleNovels, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { startPremiseRun, startSet, startVersion } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()

const sample = sampleNovels.map(({ text }) => text.replaceAll(/\s/g, '')).join('')
const prose = (index: number) => sample.slice(index * 600, (index + 1) * 600)
const premises = ['老船夫守着渡口等天明。', '归人敲开旧宅的木门。', '掌柜拨着算盘叹了口气。', '女孩当下最后一只银镯。', '父亲牵走家里的耕牛。', '大雪封山，信使迷了路。', '戏班连夜离开小镇。', '书生在破庙里遇见故人。']

let projectId: string
let source: PairSource
/** The two groups of near-equal passages, each as the names of its members' pairs. */
let groups: { id: number; pairs: string[] }[]

beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
  await sendNovels(projectId, [{ name: '甲', text: `${prose(0)}\n${prose(1)}` }, { name: '乙', text: [2, 3, 4, 1, 0].map(prose).join('\n') }])
  const set = await startSet(projectId, { target: 600, minimum: 500, maximum: 700 })
  await runNextWell()
  await startDuplicateSearch(projectId, usualDuplicateSettings)
  await runNextWell()
  const server = await startOpenaiServer((asked, count) => says(asked, premises[count % premises.length] ?? ''))
  const run = await startPremiseRun(projectId, set.id, server.url, { concurrency: 1 })
  await runNextWell()
  source = { kind: 'run', id: run.id }
  const names = new Map((await db().premise.findMany({ where: { premiseRunId: run.id } })).map(({ id, passageId }) => [passageId, `p${id}`]))
  groups = ((await duplicateGroupsOfPassages(projectId, set.id)) ?? []).map(({ id, members }) => ({ id, pairs: members.map(({ passageId }) => names.get(passageId) ?? '') }))
  expect(groups.map(({ pairs }) => pairs.length)).toEqual([2, 2])
})

const found = async (query: string) => (await pairPage(source, filterOf(new URLSearchParams(query)), null)).map(({ name }) => name)

async function check() {
  const { jobId } = await startPairCheck(projectId, source)
  if ((await db().job.findUniqueOrThrow({ where: { id: jobId } })).state === 'queued') await runNextWell()
  expect(await pairCheckStanding(projectId, source)).toMatchObject({ isStale: false })
}

/** Which of the groups' pairs a freeze takes in. */
async function frozen(duplicates: 'one' | 'keep' = 'one') {
  const version = await startVersion(projectId, source.id, { duplicates })
  await runNextWell()
  const taken = new Set((await db().datasetPair.findMany({ where: { datasetVersionId: version.id } })).map(({ premiseId }) => `p${premiseId}`))
  return groups.map(({ pairs }) => pairs.map((name) => taken.has(name)))
}

describe('a decision on near-equal passages', () => {
  it('that all stay makes their pairs no near duplicates, once looked at again, and a freeze takes all', async () => {
    await check()
    const [first, second] = groups
    expect((await found('duplicate=any')).toSorted()).toEqual(groups.flatMap(({ pairs }) => pairs).toSorted())
    expect(await frozen()).toEqual([[true, false], [true, false]])
    await keepAll(projectId, first?.id ?? 0)
    expect(await pairCheckStanding(projectId, source)).toMatchObject({ isStale: true })
    expect(await frozen()).toEqual([[true, true], [true, false]])
    expect(await pairCheckStanding(projectId, source)).toMatchObject({ isStale: false })
    expect((await found('duplicate=any')).toSorted()).toEqual(second?.pairs.toSorted())
  })

  it('that one stays leaves the pairs of the others out, unless a person kept the pair', async () => {
    const [first] = groups
    await keepOne(projectId, first?.id ?? 0, 1)
    // At once, before anybody looks the pairs through.
    expect(await found('duplicate=out')).toEqual([first?.pairs[0]])
    expect(await pairFacets(source, null)).toMatchObject({ leftOut: 1 })
    expect(await Promise.all((first?.pairs ?? []).map(async (name) => (await pairDetail(source, Number(name.slice(1))))?.isLeftOut))).toEqual([true, false])
    expect(await frozen()).toEqual([[false, true], [true, false]])
    expect(await found('duplicate=rest')).toEqual(expect.arrayContaining([first?.pairs[0]]))
    expect(await frozen('keep')).toEqual([[false, true], [true, true]])
    await decidePair(projectId, { kind: 'run', id: Number(first?.pairs[0]?.slice(1)) }, { verdict: 'kept' })
    expect(await frozen()).toEqual([[true, true], [true, false]])
  })

  it('counts though other novels have come since', async () => {
    await keepAll(projectId, groups[0]?.id ?? 0)
    await sendNovels(projectId, [{ name: '丙', text: prose(7) }])
    expect(await frozen()).toEqual([[true, true], [true, false]])
  })

  it('that is taken back has the pairs looked through again, as often as it changes', async () => {
    const id = groups[0]?.id ?? 0
    await check()
    for (const round of [1, 2]) {
      await keepAll(projectId, id)
      await check()
      expect(await found('duplicate=any'), `round ${round}`).toHaveLength(2)
      await undoDecision(projectId, id)
      await check()
      expect(await found('duplicate=any'), `round ${round}`).toHaveLength(4)
    }
    const checks = await db().pairCheck.count()
    expect(new Set([await startPairCheck(projectId, source), await startPairCheck(projectId, source)].map((each) => each.id)).size).toBe(1)
    expect(await db().pairCheck.count()).toBe(checks)
  })
})
