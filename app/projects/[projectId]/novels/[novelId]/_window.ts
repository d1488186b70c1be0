import { partCount, partLength, type ReadPart, readParts } from '@/app/projects/[projectId]/novels/[novelId]/_parts'
import type { Register, Role, Taking } from '@/lib/generated/prisma/client'
import { type ChapterLike, chaptersLike } from '@/lib/stages/novels/chapters-like'
import { type ReadingChapter, readChaptersFrom } from '@/lib/stages/novels/reading'

/** What is shown beside a chapter. */
export type ChapterDetail = {
  id: number
  measuredRegister: Register
  registerByPerson: Register | null
  functionDensity: number
  deShare: number
  classicalShare: number
  clauseLength: number
  headingEvidence: string
  taking: Taking
  role: Role
  active: boolean
  lengths: number[]
  /** Chapters that say the same or nearly so. */
  alsoAt: ChapterLike[]
}

export type ReadWindow = { parts: ReadPart[]; chapters: ChapterDetail[] }

// A book without chapters may have thousands of passages; their lengths are for a small histogram.
const mostLengths = 2_000

/** `count` parts of a novel from a place on, through the chapters that follow. */
export async function readWindow(novelId: number, chapterId: number, part: number, count: number): Promise<ReadWindow> {
  const chapters = await readChaptersFrom(novelId, chapterId, (part + count) * partLength)
  const parts: ReadPart[] = []
  let left = count
  chapters.forEach((chapter, index) => {
    if (left <= 0) return
    const from = index === 0 ? Math.min(part, partCount(chapter.characters) - 1) : 0
    const read = readParts(chapter, from, left)
    parts.push(...read)
    left -= read.length
  })
  const shown = new Set(parts.map((each) => each.chapterId))
  const alike = await chaptersLike([...shown])
  return { parts, chapters: chapters.filter((chapter) => shown.has(chapter.id)).map((chapter) => detailOf(chapter, alike.get(chapter.id) ?? [])) }
}

function detailOf(chapter: ReadingChapter, alsoAt: ChapterLike[]): ChapterDetail {
  const { id, measuredRegister, registerByPerson, functionDensity, deShare, classicalShare, clauseLength, headingEvidence, taking, role, active } = chapter
  const lengths = chapter.cuts.slice(0, mostLengths).map((cut) => cut.end - cut.start)
  return { id, measuredRegister, registerByPerson, functionDensity, deShare, classicalShare, clauseLength, headingEvidence, taking, role, active, lengths, alsoAt }
}
