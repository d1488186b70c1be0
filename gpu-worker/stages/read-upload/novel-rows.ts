import { createHash } from 'node:crypto'
import { copyRows, takeIds } from '@/lib/copy'
import type { Upload } from '@/lib/generated/prisma/client'
import { splitChapters, type Chapter } from '@/lib/text/chapters'
import { codePoints } from '@/lib/text/counts'
import { novelOf } from '@/lib/text/novel-record'
import { registerOf } from '@/lib/text/register'
import type { RecordSink } from '@/gpu-worker/stages/read-upload/record-sink'

type WaitingNovel = { ordinal: number; title: string; sha256: string; chapters: Chapter[] }

/** Records as novels: chapters found, each with its register and what shows it. */
export function novelRows(upload: Upload): RecordSink {
  let novels: WaitingNovel[] = []
  let waiting = 0
  let ordinal = 0
  return {
    take(record) {
      const read = novelOf(record)
      if (!read.ok) return read
      const { title, text } = read.novel
      const chapters = splitChapters(text, title)
      if (chapters.length === 0) return { ok: false, code: 'record.empty-text', params: { field: 'text' } }
      novels.push({ ordinal, title: title.trim(), sha256: createHash('sha256').update(text).digest('hex'), chapters })
      waiting += text.length
      ordinal += 1
      return { ok: true }
    },
    waiting: () => waiting,
    async flush(client) {
      const batch = novels
      novels = []
      waiting = 0
      if (batch.length === 0) return
      const ids = await takeIds(client, 'novel', batch.length)
      const numbered = batch.flatMap((novel, index) => {
        const id = ids[index]
        const chapters = novel.chapters.map((chapter) => ({ ...chapter, characters: codePoints(chapter.text) }))
        return id === undefined ? [] : [{ ...novel, id, chapters }]
      })
      await copyRows(
        client,
        'novel',
        ['id', 'project_id', 'upload_id', 'ordinal', 'title', 'characters', 'sha256'],
        numbered.map((novel) => [
          novel.id,
          upload.projectId,
          upload.id,
          novel.ordinal,
          novel.title,
          novel.chapters.reduce((sum, chapter) => sum + chapter.characters, 0),
          novel.sha256,
        ]),
      )
      await copyRows(
        client,
        'chapter',
        ['novel_id', 'ordinal', 'place', 'heading', 'heading_evidence', 'text', 'characters', 'measured_register', 'function_density', 'clause_length'],
        numbered.flatMap((novel) =>
          novel.chapters.map((chapter, index) => {
            const { register, functionDensity, clauseLength } = registerOf(chapter.text)
            return [novel.id, index, index, chapter.heading, chapter.evidence, chapter.text, chapter.characters, register, functionDensity, clauseLength]
          }),
        ),
      )
    },
    async finish() {},
  }
}
