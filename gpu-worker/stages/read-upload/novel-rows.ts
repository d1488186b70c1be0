import { createHash } from 'node:crypto'
import { copyRows, type CopyValue, takeIds } from '@/lib/copy'
import type { Taking, Upload } from '@/lib/generated/prisma/client'
import { splitChapters, type Chapter } from '@/lib/text/chapters'
import { chapterMeasures, type ChapterMeasures } from '@/lib/text/chapter-measures'
import { novelOf } from '@/lib/text/novel-record'
import { registersOfNovel } from '@/lib/text/register'
import { batch as limits, type RecordSink } from '@/gpu-worker/stages/read-upload/record-sink'

/** Characters below which what stands before the first heading is a title page and a blurb: left out until a person says otherwise. */
const shortFront = 200

type WaitingNovel = { ordinal: number; fileOrdinal: number; title: string; sha256: string; chapters: Chapter[] }

/** Records as novels: chapters found, each with its register and what shows it. */
export function novelRows(upload: Upload): RecordSink {
  let novels: WaitingNovel[] = []
  let waiting = 0
  let ordinal = 0
  return {
    take(record, fileOrdinal) {
      const read = novelOf(record)
      if (!read.ok) return read
      const { title, text } = read.novel
      const chapters = splitChapters(text, title)
      if (chapters.length === 0) return { ok: false, code: 'record.empty-text', params: { field: 'text' } }
      novels.push({ ordinal, fileOrdinal, title: title.trim(), sha256: createHash('sha256').update(text).digest('hex'), chapters })
      waiting += text.length
      ordinal += 1
      return { ok: true }
    },
    isFull: () => waiting > limits.characters || novels.length >= limits.records,
    async flush(client) {
      const batch = novels
      novels = []
      waiting = 0
      if (batch.length === 0) return
      const ids = await takeIds(client, 'novel', batch.length)
      const numbered = batch.flatMap((novel, index) => {
        const id = ids[index]
        const registers = registersOfNovel(novel.chapters.map((chapter) => chapter.text))
        const chapters = novel.chapters.flatMap((chapter, at) => {
          const register = registers[at]
          return register === undefined ? [] : [{ ...chapter, measures: chapterMeasures(chapter.text, register) }]
        })
        return id === undefined ? [] : [{ ...novel, id, chapters }]
      })
      await copyRows(
        client,
        'novel',
        ['id', 'project_id', 'upload_id', 'ordinal', 'file_ordinal', 'title', 'characters', 'sha256'],
        numbered.map((novel) => [
          novel.id,
          upload.projectId,
          upload.id,
          novel.ordinal,
          novel.fileOrdinal,
          novel.title,
          novel.chapters.reduce((sum, chapter) => sum + chapter.measures.characters, 0),
          novel.sha256,
        ]),
      )
      await copyRows(
        client,
        'chapter',
        ['novel_id', 'ordinal', 'place', 'heading', 'heading_evidence', 'text', 'taking', ...measureColumns],
        numbered.flatMap((novel) =>
          novel.chapters.map(({ heading, evidence, text, measures }, at) => [novel.id, at, at, heading, evidence, text, takingOf(evidence, measures.characters), ...measureValues(measures)]),
        ),
      )
    },
    mark() {
      const before = ordinal
      return () => {
        novels = []
        waiting = 0
        ordinal = before
      }
    },
    async finish() {},
  }
}

function takingOf(evidence: Chapter['evidence'], characters: number): Taking {
  return evidence === 'front' && characters < shortFront ? 'left_out' : 'by_register'
}

const measureColumns = [
  'characters', 'measured_register', 'function_density', 'de_share', 'clause_length', 'classical_share', 'register_rules', 'clutter', 'clutter_rules', 'traditional',
]

function measureValues(measures: ChapterMeasures): CopyValue[] {
  const { characters, measuredRegister, functionDensity, deShare, clauseLength, classicalShare, registerRules, clutter, clutterRules, traditional } = measures
  return [characters, measuredRegister, functionDensity, deShare, clauseLength, classicalShare, registerRules, JSON.stringify(clutter), clutterRules, traditional]
}
