import { expect, it } from 'vitest'
import { extremeRows } from '@/lib/stages/submissions/extreme-rows'
import { useStudio } from '@/tests/support/studio'
import { makeTestFile, writeSubmission } from '@/tests/support/written-submissions'

useStudio()

it('shows the best and the worst stories, none as both, whichever way is better', async () => {
  const premises = ['一', '二', '三', '四', '五']
  const { storyRunId } = await writeSubmission(await makeTestFile(premises), premises.map((text, at) => ({ text, figures: { lengthScore: at * 10, repetition: at / 10 } })))
  const texts = async (...asked: Parameters<typeof extremeRows>) => {
    const { best, worst } = await extremeRows(...asked)
    return [best, worst].map((rows) => rows.map(({ premise }) => premise).join(''))
  }
  expect(await texts(storyRunId, 'lengthScore', 2)).toEqual(['五四', '一二'])
  expect(await texts(storyRunId, 'repetition', 2)).toEqual(['一二', '五四'])
  expect(await texts(storyRunId, 'lengthScore', 9)).toEqual(['五四三', '一二'])
  expect(await texts(storyRunId, 'adherence')).toEqual(['', ''])
})
