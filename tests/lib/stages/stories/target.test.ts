import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { presets } from '@/lib/settings/presets'
import { targetOfRun } from '@/lib/stages/stories/target'
import { makeTestFile, writeSubmission } from '@/tests/support/written-submissions'
import { useStudio } from '@/tests/support/studio'

useStudio()

test('a run has its own target; stories of a file have that of the newest own ones, else the challenge’s', async () => {
  const file = await makeTestFile(['雪夜归人'])
  const run = async () => db().storyRun.findUniqueOrThrow({ where: { id: (await writeSubmission(file, [{ text: '他回来了。' }])).storyRunId } })
  const ofFile = await run()
  expect(await targetOfRun(ofFile)).toBe(800)

  const own = async (target: number) => {
    const { id } = await run()
    const settings = { writer: { kind: 'engine', modelId: randomUUID() }, sampling: { ...presets.starter.stories.sampling, target } }
    return db().storyRun.update({ where: { id }, data: { settings } })
  }
  const [older, newer] = [await own(500), await own(300)]
  expect([await targetOfRun(ofFile), await targetOfRun(older), await targetOfRun(newer)]).toEqual([300, 500, 300])
})
