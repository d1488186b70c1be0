import { basename } from 'node:path'
import type { ErrorCode } from '@/lib/error-sentences'
import { sentenceOf, type ErrorParams } from '@/lib/errors'
import { splitChapters, type ChapterEvidence } from '@/lib/text/chapters'
import { codePoints } from '@/lib/text/counts'
import type { DetectedEncoding } from '@/lib/text/encoding'
import { novelOf } from '@/lib/text/novel-record'
import { openRecordFile } from '@/lib/text/record-file'
import type { RecordOutcome } from '@/lib/text/records'
import { registerOf, type RegisterEvidence } from '@/lib/text/register'
import { premiseOf, testRowOf } from '@/lib/text/test-row'

export type FileKind = 'novels' | 'test-rows'

export interface InspectedReject {
  line: number
  code: ErrorCode
  params: ErrorParams
  /** The reason in both languages. */
  sentence: { en: string; zh: string }
}

export interface InspectedChapter {
  heading: string
  evidence: ChapterEvidence
  characters: number
  register: RegisterEvidence
}

export interface InspectedNovel {
  title: string
  line: number
  characters: number
  chapters: InspectedChapter[]
}

/** What an upload of a file would give. `novels` is empty for test rows; `premises` counts their distinct premises. */
export interface Inspection {
  file: string
  kind: FileKind
  encoding: DetectedEncoding
  bytes: number
  sha256: string
  accepted: number
  rejected: number
  rejects: InspectedReject[]
  novels: InspectedNovel[]
  premises: number
  totals: { characters: number; chapters: number; modern: number; earlyVernacular: number; classical: number }
}

const LONGEST_REJECT_LIST = 1000

/** Which of the two files a record belongs to, by its fields: a row has `input` or `instruction` and no text of its own. */
export function kindOfRecord(record: Record<string, unknown>): FileKind {
  const has = (field: string) => Object.hasOwn(record, field)
  return (has('input') || has('instruction')) && !has('text') && !has('content') ? 'test-rows' : 'novels'
}

/**
 * Reads a file once, as an upload would, and says what it holds. The first whole record decides
 * whether it is novels or test rows unless `kind` is given. Throws upload.* errors.
 */
export async function inspectFile(path: string, kind?: FileKind): Promise<Inspection> {
  const file = basename(path)
  const opened = await openRecordFile(path, file)
  let known = kind
  let accepted = 0
  let rejected = 0
  const rejects: InspectedReject[] = []
  const novels: InspectedNovel[] = []
  const premises = new Set<string>()
  const refuse = (line: number, code: ErrorCode, params: ErrorParams) => {
    rejected += 1
    if (rejects.length >= LONGEST_REJECT_LIST) return
    rejects.push({ line, code, params, sentence: { en: sentenceOf(code, params, 'en'), zh: sentenceOf(code, params, 'zh') } })
  }
  const take = (outcome: Extract<RecordOutcome, { ok: true }>, as: FileKind) => {
    if (as === 'novels') {
      const read = novelOf(outcome.value)
      if (!read.ok) return refuse(outcome.line, read.code, read.params)
      const novel = inspectNovel(read.novel.title, read.novel.text, outcome.line)
      if (novel.chapters.length === 0) return refuse(outcome.line, 'record.empty-text', { field: 'text' })
      novels.push(novel)
    } else {
      const read = testRowOf(outcome.value)
      if (!read.ok) return refuse(outcome.line, read.code, read.params)
      premises.add(premiseOf(read.row))
    }
    accepted += 1
  }
  for await (const outcome of opened.records) {
    if (outcome.ok) take(outcome, (known ??= kindOfRecord(outcome.value)))
    else refuse(outcome.line, outcome.code, outcome.params)
  }
  return {
    file,
    kind: known ?? 'novels',
    encoding: opened.encoding,
    ...opened.digest(),
    accepted, rejected, rejects, novels,
    premises: premises.size,
    totals: totalsOf(novels),
  }
}

function inspectNovel(title: string, text: string, line: number): InspectedNovel {
  const chapters = splitChapters(text, title).map((chapter): InspectedChapter => ({
    heading: chapter.heading,
    evidence: chapter.evidence,
    characters: codePoints(chapter.text),
    register: registerOf(chapter.text),
  }))
  return { title, line, characters: chapters.reduce((sum, { characters }) => sum + characters, 0), chapters }
}

function totalsOf(novels: readonly InspectedNovel[]): Inspection['totals'] {
  const chapters = novels.flatMap((novel) => novel.chapters)
  const inRegister = (register: RegisterEvidence['register']) => chapters.filter((chapter) => chapter.register.register === register).length
  return {
    characters: novels.reduce((sum, { characters }) => sum + characters, 0),
    chapters: chapters.length,
    modern: inRegister('modern'),
    earlyVernacular: inRegister('early_vernacular'),
    classical: inRegister('classical'),
  }
}
