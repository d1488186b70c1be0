import { beforeAll, expect, it } from 'vitest'
import { previewTraining } from '@/lib/stages/training/preview'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'

useStudio()
let order: { datasetVersionId: string; ordinal: number; directory: string; system: string; template: string }

beforeAll(async () => {
  const { datasetVersionId } = await makeFrozenDataset(8)
  order = { datasetVersionId, ordinal: 7, directory: await smallModel(), system: '你是小说家。', template: '提要：{{premise}}' }
})

const textOf = (pieces: readonly { text: string }[]) => pieces.map(({ text }) => text).join('')

it('shows the prompt as the template says it, and the answer with its end', async () => {
  const seen = await previewTraining({ ...order, maxLength: 2048 })
  expect(textOf(seen.prompt)).toBe('<|im_start|>system\n你是小说家。<|im_end|>\n<|im_start|>user\n提要：第7日，江上有雪。<|im_end|>\n<|im_start|>assistant\n')
  expect(textOf(seen.answer)).toMatch(/^天还没亮，.*<\|im_end\|>$/u)
  expect(seen.answer.at(-1)?.special).toBe(true)
  expect(seen).toMatchObject({ split: 'validation', cut: [], cutTokens: 0, dropped: false })
  expect(textOf((await previewTraining({ ...order, system: '', maxLength: 2048 })).prompt)).not.toContain('system')
})

it('cuts the answer at the maximum length, and drops a pair whose prompt fills it', async () => {
  const whole = await previewTraining({ ...order, maxLength: 2048 })
  const cut = await previewTraining({ ...order, maxLength: whole.promptTokens + 5 })
  expect(cut.answer.flatMap(({ ids }) => ids)).toEqual(whole.answer.flatMap(({ ids }) => ids).slice(0, 5))
  expect(cut).toMatchObject({ cutTokens: whole.answerTokens - 5, dropped: false })
  expect(await previewTraining({ ...order, maxLength: whole.promptTokens })).toMatchObject({ answer: [], cutTokens: whole.answerTokens, dropped: true })
})

it('says when there is no such pair, and when a model has no template', async () => {
  await expect(previewTraining({ ...order, ordinal: 8, maxLength: 64 })).rejects.toMatchObject({ code: 'run.missing' })
  await expect(previewTraining({ ...order, directory: '/nowhere', maxLength: 64 })).rejects.toMatchObject({ code: 'model.no-tokenizer' })
})
