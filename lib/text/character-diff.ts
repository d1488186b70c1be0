import { diffChars } from 'diff'

/** A stretch of two texts, of both or of one alone. */
export type Stretch = { kind: 'same' | 'added' | 'removed'; text: string }

/** Changed characters beyond which two texts are shown as altogether different. */
const mostEdits = 1_500

/**
 * How one text became another, character by character (Myers' shortest edit script): Chinese has no spaces between words
 * to go by. Of texts that differ too much all of the one went and all of the other came.
 */
export function characterDiff(before: string, after: string): Stretch[] {
  const changes = diffChars(before, after, { maxEditLength: mostEdits, timeout: 300 })
  const stretches = changes?.map(({ added, removed, value }): Stretch => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value })) ?? [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]
  return stretches.filter(({ text }) => text !== '')
}
