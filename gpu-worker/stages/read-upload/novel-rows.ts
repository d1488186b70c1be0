import { createHash } from 'node:crypto'
import { copyRows, type CopyValue, takeIds } from '@/lib/copy'
import type { Upload } from '@/lib/generated/prisma/client'
import { splitChapters, type Chapter } from '@/lib/text/chapters'
import { chapterMeasures, type ChapterMeasures } from '@/lib/text/chapter-measures'
import { novelOf } from '@/lib/text/novel-record'
import { registersOfNovel } from '@/lib/text/register'
import type { EarlierNovels } from '@/gpu-worker/stages/read-upload/earlier-novels'
import { batch as limits, type RecordSink } from '@/gpu-worker/stages/read-upload/record-sink'

type WaitingNovel = { ordinal: number; fileOrdinal: number; title: string; sha256: string; chapters: Chapter[] }

/** Records as novels: chapters found, each with its register and what shows it. One that an earlier reading has, with the same words, is that one still. */
export function novelRows(upload: Upload, earlier: EarlierNovels): RecordSink {
  let novels: WaitingNovel[] = []
  let waiting = 0
  let ordinal = 0
  return {
    take(record, fileOrdinal) {
      const read = novelOf(record)
      if (!read.ok) return read
      const { text } = read.novel
      const title = read.novel.title.trim()
      const sha256 = createHash('sha256').update(text).digest('hex')
      if (earlier.keep({ fileOrdinal, title, sha256 }, ordinal)) {
        ordinal += 1
        return { ok: true }
      }
      const chapters = splitChapters(text, read.novel.title)
      if (chapters.length === 0) return { ok: false, code: 'record.empty-text', params: { field: 'text' } }
      novels.push({ ordinal, fileOrdinal, title, sha256, chapters })
      waiting += text.length
      ordinal += 1
      return { ok: true }
    },
    isFull: () => waiting > limits.characters || novels.length >= limits.records,
    async flush(client) {
      const batch = novels
      novels = []
      waiting = 0
      await earlier.flush(client)
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
        ['novel_id', 'ordinal', 'place', 'heading', 'heading_evidence', 'text', ...measureColumns],
        numbered.flatMap((novel) =>
          novel.chapters.map(({ heading, evidence, text, measures }, at) => [novel.id, at, at, heading, evidence, text, ...measureValues(measures)]),
        ),
      )
    },
    mark() {
      const before = ordinal
      const back = earlier.mark()
      return () => {
        back()
        novels = []
        waiting = 0
        ordinal = before
      }
    },
    async finish() {},
  }
}

const measureColumns = [
  'characters', 'measured_register', 'function_density', 'de_share', 'clause_length', 'classical_share', 'register_rules', 'clutter', 'clutter_rules', 'traditional',
]

function measureValues(measures: ChapterMeasures): CopyValue[] {
  const { characters, measuredRegister, functionDensity, deShare, clauseLength, classicalShare, registerRules, clutter, clutterRules, traditional } = measures
  return [characters, measuredRegister, functionDensity, deShare, clauseLength, classicalShare, registerRules, JSON.stringify(clutter), clutterRules, traditional]
}
