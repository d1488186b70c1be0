import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'

/** The words in which a model is asked which of two stories is better. */
export const judgePrompt = z.strictObject({
  system: z.string().max(20_000),
  template: z.string().min(1).max(20_000),
})
export type JudgePrompt = z.infer<typeof judgePrompt>

/** How a judge is asked. `pairs`: the round's first so many pairs of stories; each is asked about in both orders. */
export const judgeSampling = z.strictObject({
  pairs: hinted(z.number().int().min(1).max(5000), 'The round’s first pairs of stories, the same that people are shown first. Each is asked about twice, in both orders.', '取本轮最先出现的若干对，与人看到的相同。每对按两种先后各问一次。'),
  temperature: hinted(z.number().min(0).max(2), '0 gives the same answer again and again.', '为 0 时每次回答相同。'),
  maxTokens: hinted(z.number().int().min(8).max(8192), 'Tokens an answer may have; one that is cut off before its verdict is an abstention.', '每个回答的最大词元数；未到结论即截断的算弃权。'),
  concurrency: hinted(z.number().int().min(1).max(1000), 'Questions in flight at once.', '同时进行的提问数。'),
  seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'Sent with each question.', '随每次提问发送。'),
})
export type JudgeSampling = z.infer<typeof judgeSampling>

/** What a form begins with. */
export const usualJudging: JudgeSampling = { pairs: 50, temperature: 0, maxTokens: 512, concurrency: 16, seed: 1 }
