import type { Sort } from '@/app/projects/[projectId]/novels/_novel-query'
import type { NovelEntry } from '@/lib/stages/novels/novels'
import type { Chosen } from '@/lib/stages/novels/chapter-filter'
import type { ClutterCounts } from '@/lib/stages/novels/clutter'

/** A novel in the table: with the chapters that the filter names, and its clutter by kind. */
export type NovelRow = NovelEntry & { chosen: Chosen; clutter: ClutterCounts; cluttered: number }

/** The novels that the filter leaves, in the order that is asked for; equal ones as their files have them. */
export function sortedRows(novels: readonly NovelEntry[], chosen: ReadonlyMap<number, Chosen>, clutter: ReadonlyMap<number, ClutterCounts>, sort: Sort, down: boolean): NovelRow[] {
  const rows = novels.flatMap((novel): NovelRow[] => {
    const own = chosen.get(novel.id)
    const counts = clutter.get(novel.id) ?? {}
    return own ? [{ ...novel, chosen: own, clutter: counts, cluttered: Object.values(counts).reduce((sum, count) => sum + count, 0) }] : []
  })
  const compare = comparison(sort)
  if (compare) rows.sort((one, other) => (down ? -compare(one, other) : compare(one, other)))
  else if (down) rows.reverse()
  return rows
}

function comparison(sort: Sort): ((one: NovelRow, other: NovelRow) => number) | null {
  switch (sort) {
    case 'file':
      return null
    case 'title':
      return (one, other) => one.title.localeCompare(other.title, 'zh-CN')
    case 'characters':
      return (one, other) => one.characters - other.characters
    case 'chapters':
      return (one, other) => one.chapters - other.chapters
    case 'taken':
      return (one, other) => one.taken - other.taken
    case 'clutter':
      return (one, other) => one.cluttered - other.cluttered
  }
}
