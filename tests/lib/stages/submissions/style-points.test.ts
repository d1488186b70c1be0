import { expect, it } from 'vitest'
import { db } from '@/lib/db'
import { characterProfile } from '@/lib/scoring/burrows-delta'
import { scoringRules } from '@/lib/scoring/measures'
import { stylePoints } from '@/lib/stages/submissions/style-points'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'
import { makeTestFile, writeSubmission } from '@/tests/support/written-submissions'

useStudio()

const texts = { 甲: '他的话是说给她的。', 乙: '江上有雪，船都不来了。', 丙: '山中一夜，风声不住。' }
const shares = (text: string) => Object.fromEntries(characterProfile(text))

async function measuredRun(text: string, datasetVersionId: string | null): Promise<string> {
  const file = await makeTestFile(['雪夜'])
  const { storyRunId } = await writeSubmission(file, [{ text }])
  const job = await makeJob('score-stories', file.projectId)
  await db().storyScoring.create({ data: { projectId: file.projectId, storyRunId, datasetVersionId, settings: { target: 800 }, rules: scoringRules, profile: shares(text), jobId: job.id } })
  return storyRunId
}

it('puts runs beside the novels that they are nearest to, of one dataset version', async () => {
  const { datasetVersionId } = await makeFrozenDataset(8)
  for (const [novel, text] of Object.entries(texts)) await db().styleProfile.create({ data: { datasetVersionId, split: 'training', novel, characters: text.length, profile: shares(text) } })
  await db().styleProfile.create({ data: { datasetVersionId, split: 'validation', novel: '甲', characters: 9, profile: shares(texts.甲) } })
  const [like, unmeasured] = [await measuredRun(`${texts.乙}船`, datasetVersionId), await measuredRun(texts.甲, null)]
  const points = await stylePoints([like, unmeasured])
  expect(new Set(points.map(({ kind, name }) => `${kind} ${name}`))).toEqual(new Set(['novel 甲', 'novel 乙', 'novel 丙', 'held-out 甲', `run ${like}`]))
  const run = points.find(({ kind }) => kind === 'run')
  expect(run?.nearest?.name).toBe('乙')
  expect(points.find(({ kind }) => kind === 'held-out')?.nearest).toMatchObject({ name: '甲', delta: 0 })
  expect(await stylePoints([unmeasured])).toEqual([])
  await db().styleProfile.deleteMany({ where: { novel: { not: '甲' } } })
  expect(await stylePoints([like])).toEqual([])
})
