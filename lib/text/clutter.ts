import { debrisIn } from '@/lib/text/clutter-debris'
import { noticesIn } from '@/lib/text/clutter-notices'

/** What does not belong to a story: what a site put in, and what a scan or a conversion left behind. */
export const clutterKinds = [
  'advert', 'url', 'plea', 'notice', 'contact',
  'lost_character', 'control', 'markup', 'broken_line', 'page_number', 'mixed_width',
] as const
export type ClutterKind = (typeof clutterKinds)[number]

/** A place in a text, in UTF-16 units, and what would stand there instead when it is cleaned (mostly nothing). */
export interface Clutter {
  kind: ClutterKind
  start: number
  end: number
  instead: string
}

/** Raise it when a rule changes: texts counted by an older version are counted anew. */
export const clutterRules = 1

/** Every place of clutter in a chapter's text, in order; no two overlap, the earlier and longer one stays. */
export function clutterIn(text: string): Clutter[] {
  const found = [...noticesIn(text), ...debrisIn(text)].sort((one, other) => one.start - other.start || other.end - one.end)
  let reached = 0
  return found.filter(({ start, end }) => {
    if (start < reached || end <= start) return false
    reached = end
    return true
  })
}

/** How many places of each kind a text has; kinds without any are left out. */
export function clutterCounts(text: string): Partial<Record<ClutterKind, number>> {
  const counts: Partial<Record<ClutterKind, number>> = {}
  for (const { kind } of clutterIn(text)) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

const AROUND = 6

/** What tells a place again when a chapter has changed around it: its words, and for a line end what stands beside it. */
export function wordsOf(text: string, { kind, start, end }: Clutter): string {
  return kind === 'broken_line' ? text.slice(Math.max(0, start - AROUND), end + AROUND) : text.slice(start, end)
}

/**
 * The text without the given places (in order, of this text). A line that held nothing else goes with its place,
 * so that no blank paragraph stays.
 */
export function cleaned(text: string, places: readonly Clutter[]): string {
  let out = ''
  let reached = 0
  for (const place of places) {
    out += text.slice(reached, place.start) + place.instead
    reached = place.end
    if (place.instead !== '' || place.kind === 'broken_line') continue
    const lineStart = out.lastIndexOf('\n') + 1
    const lineEnd = text.indexOf('\n', reached)
    const rest = text.slice(reached, lineEnd === -1 ? text.length : lineEnd)
    if (out.slice(lineStart).trim() !== '' || rest.trim() !== '') continue
    out = out.slice(0, lineStart)
    reached = lineEnd === -1 ? text.length : lineEnd + 1
  }
  return (out + text.slice(reached)).replace(/^\n+|\s+$/gu, '')
}
