import { splitChapters, type ChapterEvidence } from '@/lib/text/chapters'
import { codePoints } from '@/lib/text/counts'
import { registerOf, type RegisterEvidence } from '@/lib/text/register'

export interface InspectedChapter {
  heading: string
  evidence: ChapterEvidence
  characters: number
  register: RegisterEvidence
}

export interface InspectedNovel {
  title: string
  /** Which of the files it stands in, and in which line. */
  file: string
  line: number
  characters: number
  chapters: InspectedChapter[]
}

export interface NovelTotals {
  novels: number
  characters: number
  chapters: number
  modern: number
  earlyVernacular: number
  classical: number
}

export const noNovels: NovelTotals = { novels: 0, characters: 0, chapters: 0, modern: 0, earlyVernacular: 0, classical: 0 }

export function inspectNovel(title: string, text: string, file: string, line: number): InspectedNovel {
  const chapters = splitChapters(text, title).map((chapter): InspectedChapter => ({
    heading: chapter.heading,
    evidence: chapter.evidence,
    characters: codePoints(chapter.text),
    register: registerOf(chapter.text),
  }))
  return { title, file, line, characters: chapters.reduce((sum, { characters }) => sum + characters, 0), chapters }
}

export function withNovel(totals: NovelTotals, novel: InspectedNovel): NovelTotals {
  const inRegister = (register: RegisterEvidence['register']) => novel.chapters.filter((chapter) => chapter.register.register === register).length
  return {
    novels: totals.novels + 1,
    characters: totals.characters + novel.characters,
    chapters: totals.chapters + novel.chapters.length,
    modern: totals.modern + inRegister('modern'),
    earlyVernacular: totals.earlyVernacular + inRegister('early_vernacular'),
    classical: totals.classical + inRegister('classical'),
  }
}
