import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'

const share = z.number().min(0).max(1)

export const pairSettings = z.strictObject({
  splitBy: hinted(z.enum(['novel', 'chapter']), 'Validation pairs come from whole novels or whole chapters, never from inside one.', '验证集按整书或整章划分，绝不从中拆开。'),
  validationShare: hinted(z.number().min(0).max(0.5), 'About this share of the characters becomes validation.', '约有此比例的字数用于验证。'),
  undecided: hinted(z.enum(['keep', 'leave_out']), 'What becomes of pairs that nobody has looked at.', '未经人工审看的样本如何处理。'),
  duplicates: hinted(z.enum(['one', 'keep']), 'Of near-equal pairs one or all; a kept one before one that nobody has looked at. What was left out as a duplicate passage stays out, unless its pair is kept.', '近似重复的样本只收一对还是全收；已留用的优先。切片记为“不用”的总不收，除非样本已留用。'),
  leaks: hinted(z.enum(['leave_out', 'keep']), 'What becomes of pairs whose premise gives a test premise away.', '提要与测试题雷同的样本如何处理。'),
  novelCap: hinted(z.number().int().min(0).max(10_000_000), 'At most so many pairs of one novel, drawn by the seed; 0 for no limit.', '每部书最多收入多少对，按种子抽取；0 表示不限。'),
  modernShare: hinted(share, 'This share of the pairs in modern prose is taken, drawn by the seed.', '白话样本收入的比例，按种子抽取。'),
  earlyVernacularShare: hinted(share, 'The same for early vernacular.', '古白话样本收入的比例。'),
  classicalShare: hinted(share, 'The same for classical prose.', '文言样本收入的比例。'),
  seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'The seed of the split and of every draw.', '划分与抽取用的随机种子。'),
})

export type PairSettings = z.infer<typeof pairSettings>
