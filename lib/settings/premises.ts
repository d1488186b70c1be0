import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'
import { furtherStyles } from '@/lib/settings/premise-styles'
import { refusal } from '@/lib/settings/refusal'
import { premiseWriter, requestStyle } from '@/lib/settings/writer'

export const promptExample = z.strictObject({ passage: z.string().min(1), premise: z.string().min(1) })

const system = z.string()
const template = z.string().min(1)
const examples = z.array(promptExample).max(20)

/** A further style of premise: its share of the passages in percent, its own words and limits. */
export const promptStyle = z
  .strictObject({
    style: hinted(z.enum(furtherStyles), 'outline, opening (a first line), or theme (words).', 'outline 大纲、opening 开头句、theme 主题词。'),
    share: hinted(z.number().int().min(1).max(100), 'Percent of the passages; one sentence gets what is left of a hundred.', '占切片的百分比；剩下的写一句话。'),
    system: hinted(system, 'What the writer is told to do.', '对模型的总要求。'),
    template: hinted(template, 'As in the prompt for one sentence.', '与一句话的模板相同。'),
    examples: hinted(examples, 'Worked examples of this style.', '这一体裁的示例。'),
    minimumCharacters: hinted(z.number().int().min(1).max(500), 'A shorter one is refused.', '少于此字数的不予采用。'),
    maximumCharacters: hinted(z.number().int().min(2).max(1000), 'A longer one is refused.', '超过此字数的不予采用。'),
    maxTokens: hinted(z.number().int().min(8).max(2048), 'Tokens an answer may have.', '每个回答的最大词元数。'),
  })
  .refine((each) => each.minimumCharacters <= each.maximumCharacters, { ...refusal('The fewest characters ({minimumCharacters}) must not exceed the most ({maximumCharacters}).', '最少字数（{minimumCharacters}）不能超过最多字数（{maximumCharacters}）。'), path: ['minimumCharacters'] })

const styles = z
  .array(promptStyle)
  .max(furtherStyles.length)
  .refine((all) => new Set(all.map(({ style }) => style)).size === all.length, refusal('Each style may stand here only once.', '每种体裁只能出现一次。'))
  .refine((all) => all.reduce((sum, { share }) => sum + share, 0) <= 100, refusal('The shares come to more than 100 percent together.', '各体裁的比例之和不能超过 100%。'))

export const premisePrompt = z.strictObject({
  system: hinted(system, 'What the writer is told to do.', '对模型的总要求。'),
  template: hinted(template, 'Variables: {{passage}}, {{title}}, {{chapter}}, {{previous}} (what stands before it), {{place}} (开头, 中段, 结尾).', '可用变量：{{passage}}、{{title}}、{{chapter}}、{{previous}}（其前的文字）、{{place}}（开头、中段、结尾）。'),
  examples: hinted(examples, 'Worked examples, shown before the passage. Never a test premise.', '示例，置于切片之前。不得使用测试题。'),
  styles: hinted(styles.default([]), 'Further styles of premise, each with its share; empty writes one sentence for every passage.', '其他体裁及其比例；为空则全部写一句话。'),
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
  jsonOutput: hinted(z.boolean().optional(), 'Ask chat models in a JSON schema’s form; a server that does not take it is asked without.', '要求以 JSON Schema 格式作答；不支持的服务会自动改为普通文本。'),
  scoring: hinted(z.boolean().optional(), 'Have the same model grade each good premise from 1 to 5: one more question each.', '由同一模型为每条通过的提要打 1–5 分：每条多问一次。'),
  seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'Each passage and try has its own seed, made from this one.', '每个切片、每次尝试的种子由此推出。'),
})

export const premiseSettings = z.strictObject({
  writer: premiseWriter,
  prompt: premisePrompt,
  sampling: premiseSampling,
})

export type PremiseSampling = z.infer<typeof premiseSampling>
export type PremisePrompt = z.infer<typeof premisePrompt>
export type PromptStyle = z.infer<typeof promptStyle>
