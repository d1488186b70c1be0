import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'

export const submissionSettings = z.strictObject({
  minimumCharacters: hinted(
    z.number().int().min(1).max(10_000),
    'An output with fewer characters fails the check. The challenge itself only asks that none is empty.',
    '输出少于此字数则检查不通过。赛题本身只要求不为空。',
  ),
})

export type SubmissionSettings = z.infer<typeof submissionSettings>
