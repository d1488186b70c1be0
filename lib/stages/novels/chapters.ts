import { db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Chapter, Revision } from '@/lib/generated/prisma/client'
import { type MadeChapter, revise } from '@/lib/stages/novels/revisions'
import { longestHeading, splitText } from '@/lib/text/split-chapter'

/**
 * Makes one chapter of a chapter and its neighbour, under the first one's heading, or the second's where the first is front matter. The other's heading is kept in the
 * novel's history alone. Throws `chapter.no-neighbour` at either end of the novel.
 */
export async function mergeChapters(projectId: string, chapterId: number, side: 'previous' | 'next'): Promise<Revision> {
  return db().$transaction(async (tx) => {
    const chapter = await activeChapter(tx, projectId, chapterId)
    const other = await neighbour(tx, chapter, side)
    return side === 'next' ? mergeTwo(tx, chapter, other) : mergeTwo(tx, other, chapter)
  })
}

/** The same for two neighbours that are known. */
export async function mergeTwo(tx: Tx, first: Chapter, second: Chapter): Promise<Revision> {
  // What is put before a chapter's words does not take its name from it.
  const named = first.headingEvidence === 'front' ? second : first
  const made = { ...joined(first, second), heading: named.heading, headingEvidence: named.headingEvidence, text: `${first.text}\n\n${second.text}` }
  return revise(tx, { novelId: first.novelId, kind: 'merged', what: { first: first.heading, second: second.heading }, replaces: [first.id, second.id], makes: [made] })
}

/** Says that a chapter's heading is none: its words are a paragraph again, and its text goes on from the chapter before. */
export async function joinToPrevious(projectId: string, chapterId: number): Promise<Revision> {
  return db().$transaction(async (tx) => {
    const chapter = await activeChapter(tx, projectId, chapterId)
    return joinTwo(tx, await neighbour(tx, chapter, 'previous'), chapter)
  })
}

/** The same for two neighbours that are known. */
export async function joinTwo(tx: Tx, before: Chapter, chapter: Chapter): Promise<Revision> {
  const made = { ...joined(before, chapter), text: [before.text, chapter.heading, chapter.text].filter((part) => part !== '').join('\n\n') }
  return revise(tx, { novelId: chapter.novelId, kind: 'joined', what: { heading: chapter.heading, before: before.heading }, replaces: [before.id, chapter.id], makes: [made] })
}

/**
 * Begins a new chapter at a paragraph, `at` code points into the text. `lineIsHeading`: the paragraph's own line becomes
 * the new chapter's heading and leaves its text. Throws `chapter.split-place` where no paragraph begins or a side is empty.
 */
export async function splitChapter(projectId: string, chapterId: number, at: number, heading: SecondHeading): Promise<Revision> {
  return db().$transaction(async (tx) => splitOne(tx, await activeChapter(tx, projectId, chapterId), at, heading))
}

type SecondHeading = { line: true } | { line: false; words: string }

/** The same for a chapter that is known. */
export async function splitOne(tx: Tx, chapter: Chapter, at: number, heading: SecondHeading): Promise<Revision> {
  const parts = splitText(chapter.text, at, heading.line)
  if (!parts) throw new MolianError('chapter.split-place')
  const end = (await besideOf(tx, chapter, 'next'))?.place ?? Math.floor(chapter.place) + 1
  const words = heading.line ? parts.heading : heading.words
  const makes: MadeChapter[] = [
    { ...kept(chapter), text: parts.before },
    { ...kept(chapter), heading: words, headingEvidence: 'person', text: parts.after, place: chapter.place + (end - chapter.place) * (at / chapter.characters) },
  ]
  return revise(tx, { novelId: chapter.novelId, kind: 'split', what: { heading: chapter.heading, second: words }, replaces: [chapter.id], makes })
}

/** Gives a chapter another heading; an empty one leaves it without. */
export async function renameChapter(projectId: string, chapterId: number, words: string): Promise<Revision> {
  const heading = words.replace(/\s+/gu, ' ').trim()
  if (heading.length > longestHeading) throw new MolianError('chapter.heading-long', { limit: longestHeading })
  return db().$transaction(async (tx) => renameOne(tx, await activeChapter(tx, projectId, chapterId), heading))
}

/** The same for a chapter that is known; the heading is clean. */
export async function renameOne(tx: Tx, chapter: Chapter, heading: string): Promise<Revision> {
  const made = { ...kept(chapter), heading, headingEvidence: 'person' }
  return revise(tx, { novelId: chapter.novelId, kind: 'renamed', what: { from: chapter.heading, to: heading }, replaces: [chapter.id], makes: [made] })
}

/** The active chapter that now holds the place of one that was replaced; null when the novel has none. */
export async function chapterInPlaceOf(projectId: string, chapterId: number): Promise<{ id: number } | null> {
  const chapter = await db().chapter.findFirst({ where: { id: chapterId, novel: { projectId } }, select: { id: true, novelId: true, place: true, active: true } })
  if (!chapter || chapter.active) return chapter
  const select = { id: true } as const
  const { novelId, place: at } = chapter
  return (
    (await db().chapter.findFirst({ where: { novelId, active: true, place: { lte: at } }, orderBy: { place: 'desc' }, select })) ??
    db().chapter.findFirst({ where: { novelId, active: true }, orderBy: { ordinal: 'asc' }, select })
  )
}

/** What a new version of a chapter takes over: its heading, its place, and a person's words on it. */
export function kept({ heading, headingEvidence, text, place: at, taking, role, registerByPerson }: MadeChapter): MadeChapter {
  return { heading, headingEvidence, text, place: at, taking, role, registerByPerson }
}

/** Two as one: the first one's heading and place; a person's words on the longer. */
function joined(first: Chapter, second: Chapter): MadeChapter {
  const { taking, role, registerByPerson } = second.characters > first.characters ? second : first
  return { ...kept(first), taking, role, registerByPerson }
}

async function activeChapter(tx: Tx, projectId: string, id: number): Promise<Chapter> {
  const chapter = await tx.chapter.findFirst({ where: { id, novel: { projectId } } })
  if (!chapter) throw new MolianError('run.missing', { what: 'chapter' })
  if (!chapter.active) throw new MolianError('chapter.changed')
  return chapter
}

async function neighbour(tx: Tx, chapter: Chapter, side: 'previous' | 'next'): Promise<Chapter> {
  const found = await besideOf(tx, chapter, side)
  if (!found) throw new MolianError('chapter.no-neighbour')
  return found
}

async function besideOf(tx: Tx, chapter: Chapter, side: 'previous' | 'next'): Promise<Chapter | null> {
  return tx.chapter.findFirst({ where: { novelId: chapter.novelId, active: true, ordinal: chapter.ordinal + (side === 'next' ? 1 : -1) } })
}
