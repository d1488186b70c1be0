import { db } from '@/lib/db'
import type { Handler } from '@/lib/queue/attempt'
import { duplicateSettings } from '@/lib/settings/duplicates'
import { duplicateLevels } from '@/lib/stages/novels/duplicates'
import { NearDuplicates } from '@/lib/text/near-duplicates'
import { findNovelsInChapters } from '@/gpu-worker/stages/find-duplicates/novels-in-chapters'
import { settleGroups } from '@/gpu-worker/stages/find-duplicates/settle-groups'
import { textsOfLevel, type Texts } from '@/gpu-worker/stages/find-duplicates/texts'
import { writeGroups } from '@/gpu-worker/stages/find-duplicates/write-groups'

/** Characters that are folded and compared before the next look at whether to go on. */
const batchCharacters = 500_000

/** Compares novels, chapters and passages with their like, a level at a time; a level that an earlier attempt finished stays. */
export const findDuplicates: Handler = async (attempt) => {
  const search = await db().duplicateSearch.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const { likeness } = duplicateSettings.parse(search.settings)
  const finished = { novel: search.novels, chapter: search.chapters, passage: search.passages }
  const levels = await Promise.all(duplicateLevels.map(async (level) => ({ level, texts: await textsOfLevel(level, search) })))
  // In thousands of characters: a novel takes longer than a passage.
  const total = levels.reduce((sum, { texts }) => sum + thousands(texts), 0)
  let done = 0
  for (const { level, texts } of levels) {
    if (finished[level] === null) {
      const finder = new NearDuplicates(likeness, (numbers) => texts.read(numbers))
      for (const batch of batches(texts)) {
        attempt.signal.throwIfAborted()
        await finder.add(await texts.read(batch))
        attempt.progress({ done: done + thousands(texts, (batch.at(-1) ?? 0) + 1), total, phase: 'comparing' })
      }
      await writeGroups(attempt, search, level, texts, finder.found())
    }
    done += thousands(texts)
    attempt.progress({ done, total, phase: 'comparing' })
  }
  await findNovelsInChapters(attempt, search, likeness)
  return settleGroups(attempt, search)
}

function thousands({ characters }: Texts, texts = characters.length): number {
  return Math.ceil(characters.slice(0, texts).reduce((sum, length) => sum + length, 0) / 1000)
}

function* batches(texts: Texts): Generator<number[]> {
  let batch: number[] = []
  let characters = 0
  for (const [number, length] of texts.characters.entries()) {
    batch.push(number)
    characters += length
    if (characters < batchCharacters) continue
    yield batch
    batch = []
    characters = 0
  }
  if (batch.length > 0) yield batch
}
