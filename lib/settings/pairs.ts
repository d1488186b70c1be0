import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'

export const pairSettings = z.strictObject({
  splitBy: hinted(z.enum(['novel', 'chapter']), 'Validation pairs come from whole novels or whole chapters, never from inside one.', '验证集按整书或整章划分，绝不从中拆开。'),
  validationShare: hinted(z.number().min(0).max(0.5), 'About this share of the characters becomes validation.', '约有此比例的字数用于验证。'),
  undecided: hinted(z.enum(['keep', 'leave_out']), 'What becomes of pairs that nobody has looked at.', '未经人工审看的样本如何处理。'),
  seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'The seed of the split.', '划分用的随机种子。'),
})

export type PairSettings = z.infer<typeof pairSettings>
