import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'
import { premiseWriter, requestStyle } from '@/lib/settings/writer'

export const promptExample = z.strictObject({ passage: z.string().min(1), premise: z.string().min(1) })

export const premisePrompt = z.strictObject({
  system: hinted(z.string(), 'What the writer is told to do.', '对模型的总要求。'),
  template: hinted(z.string().min(1), 'Variables: {{passage}}, {{title}}, {{chapter}}.', '可用变量：{{passage}}、{{title}}、{{chapter}}。'),
  examples: hinted(z.array(promptExample).max(20), 'Worked examples, shown before the passage. Never a test premise.', '示例，置于切片之前。不得使用测试题。'),
})

export const premiseSampling = z.strictObject({
  style: hinted(requestStyle, 'chat for instruction-tuned models, completions for plain base models.', '对话模型用 chat，基座模型用 completions。'),
  temperature: hinted(z.number().min(0).max(2), '0 repeats itself, 1 is lively.', '0 为确定，1 较活泼。'),
  topP: hinted(z.number().gt(0).max(1), '1 leaves it off.', '1 表示不启用。'),
  maxTokens: hinted(z.number().int().min(8).max(1024), 'Tokens an answer may have.', '每个回答的最大词元数。'),
  maximumCharacters: hinted(z.number().int().min(5).max(500), 'A longer premise is refused.', '超过此字数的提要不予采用。'),
  minimumCharacters: hinted(z.number().int().min(1).max(100), 'A shorter premise is refused.', '少于此字数的提要不予采用。'),
  tries: hinted(z.number().int().min(1).max(10), 'How often a refused answer is asked for anew.', '不合格时最多询问几次。'),
  concurrency: hinted(z.number().int().min(1).max(1024), 'Calls in flight at once.', '同时进行的请求数。'),
  seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'Each passage and try has its own seed, made from this one.', '每个切片、每次尝试的种子由此推出。'),
})

export const premiseSettings = z.strictObject({
  writer: premiseWriter,
  prompt: premisePrompt,
  sampling: premiseSampling,
})

export type PremiseSampling = z.infer<typeof premiseSampling>
export type PremisePrompt = z.infer<typeof premisePrompt>
