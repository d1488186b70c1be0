import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'

const length = z.number().int().min(20).max(20_000)

export const passageSettings = z
  .strictObject({
    target: hinted(length, 'Characters a passage should have.', '每个切片的目标字数。'),
    minimum: hinted(length, 'Shorter passages are joined to a neighbour where the chapter allows it.', '短于此的切片在章内并入相邻切片。'),
    maximum: hinted(length, 'No passage is longer, even if a quotation must be cut.', '切片不超过此字数，必要时可在引语中断开。'),
    limit: hinted(
      z.number().int().min(1).max(10_000_000).nullable(),
      'At most this many passages, drawn by the seed over all chapters; null takes all of them.',
      '最多取多少个切片，按种子在各章中抽取；null 表示全取。',
    ),
    seed: hinted(z.number().int().min(0).max(2 ** 31 - 1), 'The seed of the draw.', '抽取用的随机种子。'),
  })
  .refine((s) => s.minimum <= s.target && s.target <= s.maximum, {
    message: 'minimum ≤ target ≤ maximum is needed',
    path: ['target'],
  })

export type PassageSettings = z.infer<typeof passageSettings>
