import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { scoringRules, storyMeasures } from '@/lib/scoring/measures'
import { findScoring, scoringSummary, startScoring } from '@/lib/stages/stories/scoring'
import { scoreDistributions } from '@/lib/stages/stories/score-distributions'
import { measuresOf, storyFigures } from '@/lib/stages/stories/story-scores'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { expectInvariants } from '@/tests/support/invariants'
import { readJob } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { row, sendTest } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { startStoryRun } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const premises = ['邮差在雪夜迷路', '邮差在雪夜迷路', '掌柜的等一个人']
const texts: Record<string, string[]> = {
  邮差在雪夜迷路: ['邮差走了一夜。', '邮差走了一夜，在雪夜里迷路了'],
  掌柜的等一个人: [`天还没亮，掌柜的已经点起了灯。“今天是第3天了。”他说。江面结了冰，船都停在岸边，`],
}
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  ;({ projectId } = await makeFrozenDataset())
})

async function writtenRun(): Promise<string> {
  const testUploadId = (await sendTest(projectId, premises.map(row))).id
  const left = structuredClone(texts)
  const server = await startOpenaiServer((asked) => says(asked, left[asked.prompt]?.shift() ?? ''))
  const run = await startStoryRun(projectId, testUploadId, server.url)
  await runNextWell()
  return run.id
}

async function scores(storyRunId: string) {
  const stories = await db().story.findMany({ where: { storyRunId }, include: { score: true }, orderBy: { text: 'asc' } })
  return stories.map(({ text, score }) => ({ text, rules: score?.rules, measures: storyMeasures.parse(score?.measures) }))
}

describe('the scoring of a story run', () => {
  it('follows when it is written, with every story’s figures and what shows them', async () => {
    const runId = await writtenRun()
    expect(await runNextWell()).toMatchObject({ name: 'score-stories', result: { stories: 3 } })
    const [copied, , short] = (await scores(runId)).toSorted((one, other) => other.text.length - one.text.length)
    expect(copied).toMatchObject({ rules: scoringRules, measures: { figures: { copied: 1, longestCopied: 41, endsWell: 0, finished: 1 }, copiedFrom: { text: texts['掌柜的等一个人']?.[0] } } })
    expect(short).toMatchObject({ measures: { figures: { length: 6, copied: 0, endsWell: 1, lengthScore: 0 }, copiedFrom: null } })
    expect(short?.measures.missingWords).toContain('迷路')
    await expectInvariants(env().databaseUrl)
  })

  it('says of each premise how alike its samples are, and of all how near the novels they read', async () => {
    await db().datasetPair.updateMany({ where: { split: 'training', ordinal: { lt: 12 } }, data: { novel: '甲', passage: '他的话是说给她的。'.repeat(150) } })
    await db().datasetPair.updateMany({ where: { split: 'training', ordinal: { gte: 12 } }, data: { novel: '乙', passage: '江上有雪，船都不来了。'.repeat(150) } })
    const runId = await writtenRun()
    await runNextWell()
    const { summary, profile } = await db().storyScoring.findUniqueOrThrow({ where: { storyRunId: runId } })
    const { stories, selfBleu, delta } = scoringSummary.parse(summary)
    expect(stories).toBe(3)
    expect(selfBleu).toMatchObject([{ premise: '邮差在雪夜迷路', samples: 2 }])
    expect(delta.map(({ novel, heldOut }) => [novel, heldOut])).toEqual([['乙', false], ['甲', false]])
    expect(profile).toHaveProperty('邮')
  })

  it('measures anew what changed, and everything against another target', async () => {
    const runId = await writtenRun()
    await runNextWell()
    const { id: first } = await startScoring(projectId, runId)
    expect((await db().storyScoring.findUniqueOrThrow({ where: { storyRunId: runId } })).id).toBe(first)
    await startScoring(projectId, runId, 100)
    expect(await db().storyScore.count()).toBe(0)
    const job = await runNextWell()
    expect(await readJob(job.id)).toMatchObject({ state: 'succeeded', result: { stories: 3 } })
    for (const { measures } of await scores(runId)) expect(measures.figures.lengthScore).toBeLessThan(50)
    expect(await db().storyScoring.count()).toBe(1)
  })

  it('keeps how each measure is spread, and gives one measure of every story', async () => {
    const runId = await writtenRun()
    expect(await findScoring(runId)).toMatchObject({ summary: null, target: 50 })
    await runNextWell()
    const summary = (await findScoring(runId))?.summary
    expect(summary?.distributions).toEqual(await scoreDistributions(runId))
    expect(summary?.distributions.length).toMatchObject({ count: 3, quantiles: expect.arrayContaining([6]) })
    expect(summary?.distributions.endsWell?.mean).toBeCloseTo(1 / 3)
    // Texts this short have none, so that nothing is said of it.
    expect(summary?.distributions.distinct).toBeUndefined()
    const lengths = await storyFigures(runId, 'length')
    expect(lengths.map(([, value]) => value).toSorted((one, other) => one - other)[0]).toBe(6)
    expect(await storyFigures(runId, 'distinct')).toEqual([])
    const [shortest] = lengths.filter(([, value]) => value === 6)
    expect((await measuresOf(shortest?.[0] ?? 0))?.figures.length).toBe(6)
    await db().storyScore.updateMany({ data: { rules: 0 } })
    expect(await measuresOf(shortest?.[0] ?? 0)).toBeNull()
    await db().storyScoring.updateMany({ data: { rules: 0 } })
    expect(await findScoring(runId)).toMatchObject({ summary: null })
  })
})
