import { copyRows, type CopyValue } from '@/lib/copy'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Handler } from '@/lib/queue/attempt'
import { fencedClient } from '@/lib/queue/fenced-client'
import { chaptersTaking, readChapter } from '@/lib/stages/novels/novels'
import { drawPassages } from '@/lib/stages/passages/draw'
import { passageSetSettings } from '@/lib/stages/passages/passages'
import { type ChapterPassage, cutChapter, endsMidParagraph, endsMidScene } from '@/lib/text/cut-chapter'

type Cut = Pick<ChapterPassage, 'start' | 'end' | 'endsAt' | 'opening' | 'ending'> & { chapterId: number }

const columns = ['passage_set_id', 'chapter_id', 'ordinal', 'start_at', 'end_at', 'mid_paragraph', 'ends_at', 'opening', 'ending'] as const

/** Cuts every chapter that takes part; over the limit, draws by the seed, over all chapters alike. */
export const cutPassagesOfSet: Handler = async (attempt) => {
  const set = await db().passageSet.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const { novels, passages: settings } = passageSetSettings.parse(set.settings)
  const chapters = await chaptersTaking(set.projectId, novels)
  const cuts: Cut[] = []
  for (const [index, { id }] of chapters.entries()) {
    attempt.signal.throwIfAborted()
    const chapter = await readChapter(id)
    for (const { start, end, endsAt, opening, ending, characters } of chapter ? cutChapter(chapter.text, settings) : []) {
      if (characters > 0) cuts.push({ chapterId: id, start, end, endsAt, opening, ending })
    }
    attempt.progress({ done: index + 1, total: chapters.length, phase: 'cutting' })
  }
  if (cuts.length === 0) throw new MolianError('passages.none')

  const kept = drawPassages(cuts, settings)
  const characters = kept.reduce((sum, cut) => sum + cut.end - cut.start, 0)
  const marks = { openings: count(kept, (cut) => cut.opening), endings: count(kept, (cut) => cut.ending), midScene: count(kept, (cut) => endsMidScene(cut.endsAt)) }
  const change = { project: set.projectId, topic: 'passages' as const, id: set.id }
  await fencedClient({ jobId: attempt.jobId, epoch: attempt.epoch }, change, async (client) => {
    await client.query('DELETE FROM passage WHERE passage_set_id = $1', [set.id])
    await copyRows(client, 'passage', columns, kept.map((cut, ordinal) => rowOf(set.id, cut, ordinal)))
    await client.query(
      'UPDATE passage_set SET found = $2, kept = $3, characters = $4, openings = $5, endings = $6, mid_scene = $7 WHERE id = $1',
      [set.id, cuts.length, kept.length, characters, marks.openings, marks.endings, marks.midScene],
    )
  })
  return { found: cuts.length, kept: kept.length, characters, ...marks }
}

function rowOf(setId: string, { chapterId, start, end, endsAt, opening, ending }: Cut, ordinal: number): CopyValue[] {
  return [setId, chapterId, ordinal, start, end, endsMidParagraph(endsAt), endsAt, opening, ending]
}

function count(cuts: readonly Cut[], is: (cut: Cut) => boolean): number {
  return cuts.reduce((sum, cut) => sum + (is(cut) ? 1 : 0), 0)
}
