import { readingPart, type Part } from '@/app/projects/[projectId]/novels/[novelId]/_reading'
import { figuresOf, type PassageFigures, proseOf } from '@/lib/stages/passages/figures'
import { openNovelTexts } from '@/lib/stages/passages/open-novel'
import { pauses, waitedFor } from '@/lib/stages/passages/pace'
import { chapterTexts, passageScope, type ScopeChapter, type ScopeNovel } from '@/lib/stages/passages/scope'
import type { PassageSetSettings } from '@/lib/stages/passages/passages'
import { cutChapter, endsMidParagraph } from '@/lib/text/cut-chapter'

export type Preview = {
  novels: ScopeNovel[]
  novel: ScopeNovel
  chapter: ScopeChapter
  /** Of the whole novel. */
  figures: PassageFigures
  /** The part of the chapter in view, with its cuts. */
  part: Part
}

/**
 * What the settings give of the novel that is open, and how they cut the chapter that is; `at` is the start of a passage
 * (code points) that must be in view. Without a choice the first novel's first chapter is open. Null when nothing takes part.
 */
export async function previewOf(projectId: string, settings: PassageSetSettings, open: { novel?: number; chapter?: number; at?: number; part?: number }): Promise<Preview | null> {
  const novels = await passageScope(projectId, settings.novels)
  const novel = novels.find((each) => each.id === open.novel || each.chapters.some((chapter) => chapter.id === open.chapter)) ?? novels[0]
  const chapter = novel?.chapters.find((each) => each.id === open.chapter) ?? novel?.chapters[0]
  if (!novel || !chapter) return null
  const [figures, part] = await waitedFor(() => Promise.all([figuresOf(novel, settings.passages, pauses('front'), undefined, openNovelTexts), partOf(chapter, settings, open)]))
  return { novels, novel, chapter, figures, part }
}

async function partOf({ id }: ScopeChapter, { passages: rule }: PassageSetSettings, { at, part = 1 }: { at?: number; part?: number }): Promise<Part> {
  for await (const { text } of chapterTexts([id])) {
    const cuts = proseOf(cutChapter(text, rule)).map(({ start, end, endsAt }, ordinal) => ({ ordinal, start, end, midParagraph: endsMidParagraph(endsAt) }))
    return readingPart(text, cuts, at === undefined ? { part } : { passageStart: at })
  }
  return { blocks: [], part: 1, parts: 1 }
}

/** The middle one of the lengths that were counted. */
export function medianOf({ lengths, passages }: Pick<PassageFigures, 'lengths' | 'passages'>): number {
  let before = 0
  for (const [length, count] of lengths) {
    before += count
    if (before * 2 >= passages) return length
  }
  return 0
}

