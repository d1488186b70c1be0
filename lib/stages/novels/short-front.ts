import { Prisma } from '@/lib/generated/prisma/client'

/** Characters below which what stands before the first heading is a title page and a blurb: it takes part only by a person's word, on it or on its novel. */
export const shortFront = 200

/** Whether a chapter is what stands before the first heading, and short. */
export function isShortFront({ headingEvidence, characters }: { headingEvidence: string; characters: number }): boolean {
  return headingEvidence === 'front' && characters < shortFront
}

/** The same as a condition on the chapter c. */
export const shortFrontSql = Prisma.sql`(c.heading_evidence = 'front' AND c.characters < ${shortFront}::int)`
