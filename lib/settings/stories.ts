import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'
import { requestStyle, storyWriter } from '@/lib/settings/writer'

export const storyPrompt = z.strictObject({
  system: hinted(z.string(), 'What the model is told to be; part of training too.', '对模型的总要求，训练时也用。'),
  template: hinted(z.string().min(1), 'Variables: {{premise}}, {{instruction}}. Training uses the same text.', '可用变量：{{premise}}、{{instruction}}。训练使用同一文本。'),
})

/** Characters that the challenge asks of a story. */
export const usualTarget = 800

export const storySampling = z.strictObject({
  style: hinted(requestStyle, 'chat applies the model’s own template.', 'chat 使用模型自己的模板。'),
  temperature: hinted(z.number().min(0).max(2), '0 repeats itself, 1 is lively.', '0 为确定，1 较活泼。'),
  topP: hinted(z.number().gt(0).max(1), '1 leaves it off; on a CPU anything less is slow.', '1 表示不启用；在 CPU 上小于 1 会变慢。'),
  topK: hinted(z.number().int().min(0).max(1000), '0 leaves it off.', '0 表示不启用。'),
  repetitionPenalty: hinted(z.number().min(0.5).max(2), '1 leaves it off.', '1 表示不启用。'),
  maxTokens: hinted(z.number().int().min(16).max(32_768), 'Tokens a story may have.', '每篇的最大词元数。'),
  target: hinted(z.number().int().min(50).max(20_000).default(usualTarget), 'Characters a story should have, marks and spaces not counted: its length is scored against it.', '每篇应有的字数，不计标点与空白；篇幅按此评分。'),
  minimumCharacters: hinted(z.number().int().min(1).max(10_000), 'A shorter answer is asked for anew.', '少于此字数则重新生成。'),
  tries: hinted(z.number().int().min(1).max(10), 'How often a refused story is asked for, each time with another seed.', '不合格时最多生成几次，每次换种子。'),
  concurrency: hinted(z.number().int().min(1).max(100_000), 'Rows in flight at once. This machine’s engine takes all of them.', '同时进行的行数。本机引擎会一次接收全部。'),
  seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'Each row and try has its own seed, made from this one.', '每行、每次尝试的种子由此推出。'),
})

export const storySettings = z.strictObject({
  writer: storyWriter,
  prompt: storyPrompt,
  sampling: storySampling,
})

export type StoryPrompt = z.infer<typeof storyPrompt>
export type StorySampling = z.infer<typeof storySampling>
