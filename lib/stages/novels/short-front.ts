/** Characters below which what stands before the first heading is a title page and a blurb: left out until a person says otherwise. */
export const shortFront = 200

/** Whether a chapter is what stands before the first heading, and short. */
export function isShortFront({ headingEvidence, characters }: { headingEvidence: string; characters: number }): boolean {
  return headingEvidence === 'front' && characters < shortFront
}
