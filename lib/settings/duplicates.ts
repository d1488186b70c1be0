import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'

export const duplicateSettings = z.strictObject({
  likeness: hinted(
    z.number().min(0.5).max(1),
    'Texts that share at least this part of their four-character sequences are near duplicates; 1 finds only equal ones. About one character in twelve may differ at 0.5, one in thirty at 0.8.',
    '两篇文字的四字序列相同部分达到此比例即为近似重复；1 只找完全相同的。0.5 约为每十二字改一字，0.8 约为每三十字改一字。',
  ),
})

export type DuplicateSettings = z.infer<typeof duplicateSettings>

export const usualDuplicateSettings: DuplicateSettings = { likeness: 0.6 }
