import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'
import { storySampling } from '@/lib/settings/stories'

const { style, temperature, topP, topK, repetitionPenalty, maxTokens } = storySampling.shape

/** How one column of a play is sampled: as a story is, once. */
export const playSampling = z.strictObject({
  style,
  temperature,
  topP,
  topK,
  repetitionPenalty,
  maxTokens,
  seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'The same seed, model and settings write the same text again.', '种子、模型与设置相同，写出的文字也相同。'),
})

export type PlaySampling = z.infer<typeof playSampling>
