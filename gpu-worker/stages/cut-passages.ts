import { copyRows, type CopyValue } from '@/lib/copy'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { shuffled } from '@/lib/draw'
import type { Handler } from '@/lib/queue/attempt'
import { fencedClient } from '@/lib/queue/fenced-client'
import { chaptersTaking, readChapter } from '@/lib/stages/novels'
import { passageSetSettings } from '@/lib/stages/passages'
import { cutPassages } from '@/lib/text/passages'

type Cut = { chapterId: number; start: number; end: number; midParagraph: boolean }

/** Cuts every chapter that takes part; over the limit, draws by the seed, over all chapters alike. */
export const cutPassagesOfSet: Handler = async (attempt) => {
  const set = await db().passageSet.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const { novels, passages: settings } = passageSetSettings.parse(set.settings)
  const chapters = await chaptersTaking(set.projectId, novels)
  const cuts: Cut[] = []
  for (const [index, { id }] of chapters.entries()) {
    attempt.signal.throwIfAborted()
    const chapter = await readChapter(id)
    for (const passage of chapter ? cutPassages(chapter.text, settings) : []) {
      const { start, end, endsAt } = passage
      if (passage.characters > 0) cuts.push({ chapterId: id, start, end, midParagraph: endsAt !== 'paragraph' })
    }
    attempt.progress({ done: index + 1, total: chapters.length, phase: 'cutting' })
  }
  if (cuts.length === 0) throw new MolianError('passages.none')

  const kept = drawn(cuts, settings.limit, settings.seed)
  const characters = kept.reduce((sum, cut) => sum + cut.end - cut.start, 0)
  const change = { project: set.projectId, topic: 'passages' as const, id: set.id }
  await fencedClient({ jobId: attempt.jobId, epoch: attempt.epoch }, change, async (client) => {
    await client.query('DELETE FROM passage WHERE passage_set_id = $1', [set.id])
    await copyRows(
      client,
      'passage',
      ['passage_set_id', 'chapter_id', 'ordinal', 'start_at', 'end_at', 'mid_paragraph'],
      kept.map((cut, ordinal): CopyValue[] => [set.id, cut.chapterId, ordinal, cut.start, cut.end, cut.midParagraph]),
    )
    await client.query('UPDATE passage_set SET found = $2, kept = $3, characters = $4 WHERE id = $1', [set.id, cuts.length, kept.length, characters])
  })
  return { found: cuts.length, kept: kept.length, characters }
}

/** At most `limit` cuts in their order; every cut of every chapter is as likely as any other. */
function drawn(cuts: Cut[], limit: number | null, seed: number): Cut[] {
  if (limit === null || cuts.length <= limit) return cuts
  const chosen = new Set(shuffled(cuts, seed).slice(0, limit))
  return cuts.filter((cut) => chosen.has(cut))
}
