import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { refusal } from '@/lib/settings/refusal'

const form = /^-?\d{1,9}([.,]\d{1,9})?$/

/** What a person types in: a score with or without decimals, or nothing to take it away again, and a remark. */
export const challengeScore = z.object({
  score: z.string().trim().refine((text) => form.test(text), refusal('A score is a number, such as 34.5.', '分数须是数字，如 34.5。')).transform((text) => Number(text.replace(',', '.'))).optional().transform((score) => score ?? null),
  note: z.string().trim().max(500).default(''),
})

/** Keeps the score that the challenge's own page gave for a submission, beside our own measures. Throws run.missing. */
export async function noteChallengeScore(projectId: string, id: string, { score, note }: z.infer<typeof challengeScore>): Promise<void> {
  const { count } = await db().submission.updateMany({ where: { id, projectId }, data: { challengeScore: score, challengeNote: score === null ? '' : note } })
  if (count === 0) throw new MolianError('run.missing', { what: 'submission' })
}
