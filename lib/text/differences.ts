import { diffArrays } from 'diff'
import { characterDiff, type Stretch } from '@/lib/text/character-diff'

/** A stretch of a text: the other text has it too, or it stands here alone. */
export type Piece = { text: string; alone: boolean }

/** Both texts in pieces, in their order; together the pieces of a side are its text. */
export type Difference = { first: Piece[]; other: Piece[] }

/** Paragraphs that both have, counted, or what stands in their place in each. */
export type ParagraphDifference = { same: number } | Difference

/** Character by character; texts that differ too much stand alone as wholes. */
export function differenceOf(first: string, other: string): Difference {
  const stretches = characterDiff(first, other)
  const side = (own: Stretch['kind']) => stretches.filter(({ kind }) => kind === 'same' || kind === own).map(({ kind, text }) => ({ text, alone: kind === own }))
  return { first: side('removed'), other: side('added') }
}

/** Paragraph by paragraph, and inside of those that differ character by character: for texts too long to be shown whole. */
export function paragraphDifferences(first: string, other: string): ParagraphDifference[] {
  const changes = diffArrays(paragraphs(first), paragraphs(other), { timeout: 1_000 })
  if (!changes) return [{ first: whole(first), other: whole(other) }]
  const differences: ParagraphDifference[] = []
  let [before, after]: [string[], string[]] = [[], []]
  const close = () => {
    if (before.length + after.length > 0) differences.push(differenceOf(before.join('\n'), after.join('\n')))
    ;[before, after] = [[], []]
  }
  for (const { value, added, removed } of changes) {
    if (added) after.push(...value)
    else if (removed) before.push(...value)
    else {
      close()
      differences.push({ same: value.length })
    }
  }
  close()
  return differences
}

function paragraphs(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
}

function whole(text: string): Piece[] {
  return text === '' ? [] : [{ text, alone: true }]
}
