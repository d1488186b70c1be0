import { createHash } from 'node:crypto'
import { pauses } from '@/lib/stages/passages/pace'
import { chapterTexts, type ScopeNovel } from '@/lib/stages/passages/scope'
import { type ChapterPassage, cutChapter, type CutRule, endsMidScene } from '@/lib/text/cut-chapter'

/** A passage that is not stored, by its place; `ordinal` counts the passages of its chapter from 0. */
export type CutPlace = { chapterId: number; ordinal: number; start: number; characters: number }

/** What cutting a novel by a rule gives, counted. */
export type PassageFigures = {
  passages: number
  characters: number
  openings: number
  endings: number
  midScene: number
  /** How many passages have which length in characters. */
  lengths: [length: number, count: number][]
  shortest: CutPlace[]
  longest: CutPlace[]
}

/** Places kept of each novel; the library's are among them. */
const extremes = 3
/** Figures kept: a novel's take some kilobytes, and a hand on a setting comes back to where it was. */
const keptFigures = 500

const kept = new Map<string, PassageFigures>()

/**
 * Cuts a novel as the rule has it and counts what comes out; known at once for a novel and rule that were counted
 * before. The chapters' texts never change under their ids; `textsOf` says where they come from. Aborts between chapters.
 */
export async function figuresOf(novel: ScopeNovel, rule: CutRule, rest = pauses('front'), signal?: AbortSignal, textsOf = chapterTexts): Promise<PassageFigures> {
  const key = cutKey(novel, rule)
  const known = kept.get(key)
  if (known) return known
  const figures = emptyFigures()
  const lengths = new Map<number, number>()
  for await (const { id, text } of textsOf(novel.chapters.map((chapter) => chapter.id))) {
    signal?.throwIfAborted()
    proseOf(cutChapter(text, rule)).forEach((passage, ordinal) => count(figures, lengths, passage, { chapterId: id, ordinal }))
    await rest()
  }
  figures.lengths = [...lengths].sort(([a], [b]) => a - b)
  if (kept.size >= keptFigures) for (const oldest of [...kept.keys()].slice(0, keptFigures / 10)) kept.delete(oldest)
  kept.set(key, figures)
  return figures
}

/** A blank chapter gives no passage. */
export function proseOf(passages: readonly ChapterPassage[]): ChapterPassage[] {
  return passages.filter((passage) => passage.characters > 0)
}

/** What a novel's cutting depends on: its chapters and the rule, not what is drawn of it afterwards. */
export function cutKey(novel: ScopeNovel, { strategy, target, minimum, maximum, chapterMaximum }: CutRule): string {
  const rule = [strategy, target, minimum, maximum, strategy === 'chapter' ? chapterMaximum : 0]
  return createHash('sha256').update(JSON.stringify([rule, novel.chapters.map((chapter) => chapter.id)])).digest('base64')
}

function emptyFigures(): PassageFigures {
  return { passages: 0, characters: 0, openings: 0, endings: 0, midScene: 0, lengths: [], shortest: [], longest: [] }
}

function count(figures: PassageFigures, lengths: Map<number, number>, { start, end, opening, ending, endsAt }: ChapterPassage, where: Pick<CutPlace, 'chapterId' | 'ordinal'>): void {
  const characters = end - start
  figures.passages += 1
  figures.characters += characters
  if (opening) figures.openings += 1
  if (ending) figures.endings += 1
  if (endsMidScene(endsAt)) figures.midScene += 1
  lengths.set(characters, (lengths.get(characters) ?? 0) + 1)
  const place = { ...where, start, characters }
  keep(figures.shortest, place, (a, b) => a.characters < b.characters)
  keep(figures.longest, place, (a, b) => a.characters > b.characters)
}

/** Keeps the best places, best first; of equal ones the earlier. */
function keep(places: CutPlace[], place: CutPlace, isBetter: (a: CutPlace, b: CutPlace) => boolean): void {
  const at = places.findIndex((other) => isBetter(place, other))
  if (at === -1) places.push(place)
  else places.splice(at, 0, place)
  if (places.length > extremes) places.pop()
}
