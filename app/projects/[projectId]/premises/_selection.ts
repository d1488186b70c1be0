import type { PassageSelection } from '@/lib/settings/selection'

/** A selection as a form holds it: the passages left out as a person writes them, and the sample's size as text. */
export type SelectionValue = { novels: readonly number[]; chapters: readonly number[]; passages: string; size: string; seed: number }

export const wholeSet: SelectionValue = { novels: [], chapters: [], passages: '', size: '', seed: 1 }

/** The most numbers that one range may name: more is a slip of the hand. */
const longestRange = 20_000

/** Numbers of passages as they are written, "3, 18, 42-60", counted from 1; as a set counts them, from 0, each once. What is none is passed over. */
export function numbersIn(text: string): number[] {
  const found = new Set<number>()
  for (const [, first, last] of text.matchAll(/(\d{1,8})(?:\s*[-–—~～至到]\s*(\d{1,8}))?/g)) {
    const from = Number(first)
    const to = Math.min(last === undefined ? from : Number(last), from + longestRange)
    for (let number = from; number <= to; number++) if (number > 0) found.add(number - 1)
  }
  return [...found].sort((a, b) => a - b)
}

/** What a run is given; null where it is the whole set, so that such a run is the one it was before there were selections. */
export function selectionOf({ novels, chapters, passages, size, seed }: SelectionValue): PassageSelection | null {
  const leaveOut = { novels: [...novels], chapters: [...chapters], passages: numbersIn(passages) }
  const count = Math.round(Number(size))
  const sample = size.trim() === '' || !(count >= 1) ? null : { size: count, seed }
  const isWhole = leaveOut.novels.length + leaveOut.chapters.length + leaveOut.passages.length === 0 && sample === null
  return isWhole ? null : { leaveOut, sample }
}
