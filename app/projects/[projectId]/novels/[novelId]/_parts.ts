import { type Block, blocksBetween, type Cut, unitsOf } from '@/app/projects/[projectId]/novels/[novelId]/_reading'
import type { ReadingChapter } from '@/lib/stages/novels/reading'
import type { ClutterKind } from '@/lib/text/clutter'
import { codePoints } from '@/lib/text/counts'

/** Characters of a part: what is drawn, measured and asked for at once. Small enough to be laid out within a frame. */
export const partLength = 300
/** A paragraph stays whole up to this length beyond a part, and the parts that it reaches over are empty. */
const longestParagraph = 1_200

export type Mark = { kind: ClutterKind; from: number; to: number }
export type ReadBlock =
  | Exclude<Block, { kind: 'paragraph' }>
  /** `at`: where its text begins in the chapter, in code points. Marks are in units of the paragraph's text. */
  | { kind: 'paragraph'; text: string; begins: boolean; at: number; marks: Mark[] }
export type ReadPart = { chapterId: number; part: number; blocks: ReadBlock[] }

/** How many parts a chapter of so many characters is read in. */
export function partCount(characters: number): number {
  return Math.max(1, Math.ceil(characters / partLength))
}

/** The part that a place in a chapter is in or, where a paragraph goes on, directly after. */
export function partAt(at: number, characters: number): number {
  return Math.min(partCount(characters) - 1, Math.max(0, Math.floor(at / partLength)))
}

/**
 * Parts of a chapter as they are drawn. A part begins with the first paragraph that begins at or after its three hundred
 * characters or, in a paragraph that goes on for very long, in the middle of it; so where it lies follows from its number
 * alone, and one that a paragraph reaches over is empty.
 */
export function readParts(chapter: ReadingChapter, from: number, count: number): ReadPart[] {
  const { text, characters, cuts, clutter } = chapter
  const last = Math.min(partCount(characters), from + count)
  if (from >= last) return []
  const toUnits = (points: readonly number[]) => (characters === text.length ? [...points] : unitsOf(text, points))
  const raw = toUnits(Array.from({ length: last - from + 1 }, (_, index) => Math.min(characters, (from + index) * partLength)))
  const starts = raw.map((unit) => partStart(text, unit))
  const cutUnits = toUnits(cuts.flatMap((cut) => [cut.start, cut.end]))
  let counted = { unit: 0, point: 0 }
  const pointOf = (unit: number) => {
    if (characters === text.length) return unit
    counted = { unit, point: counted.point + codePoints(text.slice(counted.unit, unit)) }
    return counted.point
  }
  return starts.slice(0, -1).map((start, index) => {
    const blocks = blocksBetween(text, cuts, cutUnits, start, starts[index + 1] ?? text.length)
    return {
      chapterId: chapter.id,
      part: from + index,
      blocks: blocks.map((block): ReadBlock => {
        if (block.kind !== 'paragraph') return block
        const end = block.start + block.text.length
        const marks = clutter.filter((place) => place.start < end && place.end > block.start)
        return {
          kind: 'paragraph',
          text: block.text,
          begins: block.begins,
          at: pointOf(block.start),
          marks: marks.map((place) => ({ kind: place.kind, from: Math.max(0, place.start - block.start), to: Math.min(block.text.length, place.end - block.start) })),
        }
      }),
    }
  })
}

function partStart(text: string, unit: number): number {
  if (unit === 0 || unit >= text.length) return Math.min(unit, text.length)
  const found = text.indexOf('\n', unit - 1)
  const lineEnd = found === -1 ? text.length : found
  return lineEnd + 1 - unit < longestParagraph ? Math.min(text.length, lineEnd + 1) : unit
}

export type { Cut }
