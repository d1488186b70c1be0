import { chaptersTaking, readChapter } from '@/lib/stages/novels'
import type { PassageSetSettings } from '@/lib/stages/passages'
import { cutPassages, type Passage } from '@/lib/text/passages'

/** Characters cut for a sample: enough to see the lengths, few enough to do it while a hand is on the setting. */
const sampleCharacters = 120_000

export type PassageSample = {
  /** The chapter whose text is shown, with its cuts. */
  shown: { chapterId: number; text: string; passages: Passage[] } | null
  /** Lengths in characters of every passage of the sample. */
  lengths: number[]
  midParagraph: number
  /** How many passages all chapters would give, from the sample's rate. */
  estimate: number
  chapters: number
  characters: number
}

/**
 * What these settings would give, tried on chapters taken at even distances over all that take
 * part: the same settings and chapters give the same sample.
 */
export async function samplePassages(projectId: string, { novels, passages }: PassageSetSettings): Promise<PassageSample> {
  const taking = await chaptersTaking(projectId, novels)
  const characters = taking.reduce((sum, chapter) => sum + chapter.characters, 0)
  const sample: PassageSample = { shown: null, lengths: [], midParagraph: 0, estimate: 0, chapters: taking.length, characters }
  let tried = 0
  for (const { id } of evenly(taking, characters)) {
    const chapter = await readChapter(id)
    if (!chapter) continue
    const cuts = cutPassages(chapter.text, passages).filter((passage) => passage.characters > 0)
    tried += chapter.characters
    sample.lengths.push(...cuts.map((cut) => cut.end - cut.start))
    sample.midParagraph += cuts.filter((cut) => cut.endsAt !== 'paragraph').length
    const longer = cuts.length > 1 && (sample.shown?.passages.length ?? 0) < 2
    if (!sample.shown || longer) sample.shown = { chapterId: id, text: chapter.text, passages: cuts }
  }
  sample.estimate = tried === 0 ? 0 : Math.round((sample.lengths.length * characters) / tried)
  return sample
}

/** Chapters at even distances until their characters fill the sample. */
function evenly<T extends { characters: number }>(chapters: readonly T[], characters: number): T[] {
  if (characters <= sampleCharacters) return [...chapters]
  const step = characters / sampleCharacters
  const chosen: T[] = []
  let filled = 0
  for (let at = 0; at < chapters.length && filled < sampleCharacters; at += step) {
    const chapter = chapters[Math.floor(at)]
    if (!chapter) break
    chosen.push(chapter)
    filled += chapter.characters
  }
  return chosen
}
