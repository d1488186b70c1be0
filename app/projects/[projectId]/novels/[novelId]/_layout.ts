import { partCount } from '@/app/projects/[projectId]/novels/[novelId]/_parts'

/** A chapter as the list of contents needs it; there may be thousands. */
export type ChapterLine = { id: number; heading: string; characters: number; place: number; leftOut: boolean }

/** All parts of a novel in one row: which chapter each is of. */
export type Layout = { total: number; starts: number[]; chapters: readonly ChapterLine[]; indexOf: Map<number, number> }

export function layoutOf(chapters: readonly ChapterLine[]): Layout {
  let total = 0
  const starts = chapters.map(({ characters }) => {
    const start = total
    total += partCount(characters)
    return start
  })
  return { total, starts, chapters, indexOf: new Map(chapters.map(({ id }, index) => [id, index])) }
}

/** The chapter and the part of it at a place in the row. */
export function atRow({ starts, chapters }: Layout, row: number): { chapter: ChapterLine; index: number; part: number } | undefined {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= row) low = middle
    else high = middle - 1
  }
  const chapter = chapters[low]
  return chapter && { chapter, index: low, part: row - (starts[low] ?? 0) }
}

/** The row of a chapter's part; the first row for a chapter that is not there. */
export function rowOf({ starts, chapters, indexOf }: Layout, chapterId: number, part: number): number {
  const index = indexOf.get(chapterId)
  const chapter = index === undefined ? undefined : chapters[index]
  return index === undefined || !chapter ? 0 : (starts[index] ?? 0) + Math.min(part, partCount(chapter.characters) - 1)
}

/** The row of another layout of the same novel where a row of this one is now: of the same chapter, or of the one in its place. */
export function rowNear(before: Layout, row: number, after: Layout): number {
  const was = atRow(before, row)
  if (!was) return 0
  if (after.indexOf.has(was.chapter.id)) return rowOf(after, was.chapter.id, was.part)
  const now = after.chapters.findLast(({ place }) => place <= was.chapter.place)
  return now ? rowOf(after, now.id, was.part) : 0
}

/** Parts with text that are drawn before and after those in sight. */
const beside = 2
/** A long paragraph leaves up to four parts after it empty; so many are looked through for the ones with text. */
const mostBeside = beside + 4

/**
 * The rows from `first` to `last`, which are in sight, and on either side those up to the second that has something to draw:
 * an empty part is none, but at a chapter's beginning, where its heading is.
 */
export function rowsAround(layout: Layout, first: number, last: number, isEmpty: (place: { chapter: ChapterLine; part: number }) => boolean): number[] {
  const draws = (row: number) => {
    const place = atRow(layout, row)
    return place === undefined || place.part === 0 || !isEmpty(place)
  }
  const reach = (from: number, by: 1 | -1) => {
    let row = from
    for (let drawn = 0; drawn < beside && Math.abs(row - from) < mostBeside && row + by >= 0 && row + by < layout.total; ) {
      row += by
      if (draws(row)) drawn += 1
    }
    return row
  }
  const from = reach(first, -1)
  return Array.from({ length: reach(last, 1) - from + 1 }, (_, index) => from + index)
}
