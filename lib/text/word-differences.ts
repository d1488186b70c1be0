import { diffArrays } from 'diff'
import type { Difference, Piece } from '@/lib/text/differences'

const words = new Intl.Segmenter('zh', { granularity: 'word' })
/** Changed words beyond which two texts are shown as altogether different. */
const mostEdits = 2_000

/** Word by word, as Unicode's dictionary segmentation cuts Chinese; texts that differ too much stand alone as wholes. */
export function wordDifference(first: string, other: string): Difference {
  const changes = diffArrays(wordsOf(first), wordsOf(other), { maxEditLength: mostEdits, timeout: 300 })
  if (!changes) return { first: [{ text: first, alone: true }], other: [{ text: other, alone: true }] }
  const side = (own: 'added' | 'removed'): Piece[] =>
    changes.filter((change) => change[own] || (!change.added && !change.removed)).map((change) => ({ text: change.value.join(''), alone: change[own] }))
  return { first: side('removed'), other: side('added') }
}

function wordsOf(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment)
}
