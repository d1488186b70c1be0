import { cutsOfChapters } from '@/lib/stages/novels/reading'

/** Where a passage of this ordinal begins in a chapter, by the cuts that the reading view shows; undefined when they have none. */
export async function passageStart(chapterId: number, ordinal: number): Promise<number | undefined> {
  return (await cutsOfChapters([chapterId])).get(chapterId)?.find((cut) => cut.ordinal === ordinal)?.start
}
