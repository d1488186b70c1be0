export type Cut = { ordinal: number; start: number; end: number; midParagraph: boolean }

export type Block =
  | { kind: 'cut'; cut: Cut; midParagraph: boolean }
  /** A passage ends and no other begins: what follows is in none. */
  | { kind: 'end' }
  /** `begins`: its first line begins a paragraph and is indented. */
  | { kind: 'paragraph'; text: string; begins: boolean; /** Where its text begins, in UTF-16 units. */ start: number }

export type Part = { blocks: Block[]; part: number; parts: number }

/** UTF-16 units a part of a chapter has at about most; a book without chapters is read in parts. */
const partLength = 20_000

/**
 * One part of a chapter as it is drawn: its paragraphs, and a mark where a passage begins. `at` is
 * the part counted from 1, or the start of a passage (in code points) that it must hold.
 */
export function readingPart(text: string, cuts: readonly Cut[], at: { part: number } | { passageStart: number }): Part {
  const starts = partStarts(text)
  const units = unitsOf(text, cuts.flatMap((cut) => [cut.start, cut.end]))
  const wanted = 'part' in at ? at.part - 1 : partHolding(starts, unitsOf(text, [at.passageStart])[0] ?? 0)
  const index = Math.min(starts.length - 1, Math.max(0, wanted))
  const from = starts[index] ?? 0
  const to = starts[index + 1] ?? text.length

  return { blocks: blocksBetween(text, cuts, units, from, to), part: index + 1, parts: starts.length }
}

/** A stretch of a text as it is drawn; `units` are the cuts' starts and ends in UTF-16 units, one after the other. */
export function blocksBetween(text: string, cuts: readonly Cut[], units: readonly number[], from: number, to: number): Block[] {
  const blocks: Block[] = []
  let reached = from
  cuts.forEach((cut, which) => {
    const [begin, end] = [units[2 * which] ?? 0, units[2 * which + 1] ?? 0]
    if (begin >= from && begin < to) {
      blocks.push(...paragraphs(text, reached, begin))
      blocks.push({ kind: 'cut', cut, midParagraph: beginsInside(text, begin) })
      reached = begin
    }
    const another = cuts[which + 1]?.start === cut.end
    if (end > from && end < to && !another) {
      blocks.push(...paragraphs(text, reached, end), { kind: 'end' })
      reached = end
    }
  })
  blocks.push(...paragraphs(text, reached, to))
  return blocks
}

function paragraphs(text: string, from: number, to: number): Block[] {
  const blocks: Block[] = []
  let start = from
  while (start < to) {
    const end = Math.min(to, lineEnd(text, start))
    const line = text.slice(start, end)
    if (line.trim() !== '') blocks.push({ kind: 'paragraph', text: line.trim(), begins: !beginsInside(text, start), start: start + line.length - line.trimStart().length })
    start = end + 1
  }
  return blocks
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function beginsInside(text: string, unit: number): boolean {
  return unit > 0 && text[unit - 1] !== '\n'
}

/** Where parts begin: at the first line after every `partLength`. */
function partStarts(text: string): number[] {
  const starts = [0]
  for (;;) {
    const next = lineEnd(text, (starts.at(-1) ?? 0) + partLength) + 1
    if (next >= text.length) return starts
    starts.push(next)
  }
}

function partHolding(starts: readonly number[], unit: number): number {
  const next = starts.findIndex((start) => start > unit)
  return next === -1 ? starts.length - 1 : next - 1
}

/** UTF-16 units of places given in code points, ascending; one walk over the text. */
export function unitsOf(text: string, points: readonly number[]): number[] {
  const units: number[] = []
  let unit = 0
  let point = 0
  for (const wanted of points) {
    while (point < wanted && unit < text.length) {
      unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
      point += 1
    }
    units.push(unit)
  }
  return units
}
