import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { sha256OfFile } from '@/lib/artifacts'
import { uploadLimit } from '@/lib/env'
import type { ErrorCode } from '@/lib/error-sentences'
import { MolianError, sentenceOf, type ErrorParams } from '@/lib/errors'
import type { DetectedEncoding, TextEncoding } from '@/lib/text/encoding'
import type { FileForm } from '@/lib/text/file-form'
import { inspectNovel, noNovels, withNovel, type InspectedNovel, type NovelTotals } from '@/lib/text/inspect-novel'
import type { RecordFault } from '@/lib/text/json-scan'
import type { MojibakeSign } from '@/lib/text/mojibake'
import { novelOf } from '@/lib/text/novel-record'
import { openRecords, type OpenedRecords } from '@/lib/text/open-records'
import { openSource } from '@/lib/text/open-source'
import type { RecordOutcome } from '@/lib/text/records'
import type { ReadableSource, SourceLimits } from '@/lib/text/source-file'
import { premiseOf, testRowOf } from '@/lib/text/test-row'
import type { TextDamage } from '@/lib/text/text-novel'

export type FileKind = 'novels' | 'test-rows'

export interface InspectedReject {
  file: string
  line: number
  code: ErrorCode
  params: ErrorParams
  /** The reason in both languages. */
  sentence: { en: string; zh: string }
}

/** One file that was given or that an archive holds; `fault` says why it is not read as a whole. */
export interface InspectedFile {
  name: string
  skipped: boolean
  form?: FileForm
  bytes: number
  encoding?: DetectedEncoding
  plausibility?: number
  mojibake?: MojibakeSign
  accepted: number
  rejected: number
  damage: TextDamage
  fault?: Omit<InspectedReject, 'file' | 'line'>
}

/** What an upload of a file would give. `novels` is empty for test rows and holds the first thousand; `premises` counts the rows' distinct premises. */
export interface Inspection {
  file: string
  kind: FileKind
  bytes: number
  sha256: string
  files: InspectedFile[]
  accepted: number
  rejected: number
  rejects: InspectedReject[]
  novels: InspectedNovel[]
  premises: number
  totals: NovelTotals
}

const LONGEST_LIST = 1000

export interface InspectOptions {
  kind?: FileKind
  encoding?: TextEncoding
  /** The limits of an upload unless given. */
  limits?: SourceLimits
}

/** Which of the two files a record belongs to, by its fields: a row has `input` or `instruction` and no text of its own. */
function kindOfRecord(record: Record<string, unknown>): FileKind {
  const has = (field: string) => Object.hasOwn(record, field)
  return (has('input') || has('instruction')) && !has('text') && !has('content') ? 'test-rows' : 'novels'
}

/**
 * Reads a file, packed or not, as an upload would, and says what it holds. The first whole record decides whether it is novels
 * or test rows unless `kind` is given. Throws upload.* and entry.* errors where all of it is refused.
 */
export async function inspectFile(path: string, options: InspectOptions = {}): Promise<Inspection> {
  const file = basename(path)
  const inspector = new Inspector(options)
  for await (const source of openSource(path, file, options.limits ?? { unpackedBytes: uploadLimit() })) {
    if ('chunks' in source) await inspector.read(source)
    else inspector.files.push({ ...unread, name: source.name, skipped: source.skipped, fault: inBothLanguages(source.fault) })
  }
  const { size: bytes } = await stat(path)
  const sha256 = await sha256OfFile(path)
  const { known, files, rejects, novels, premises, totals } = inspector
  const sum = (count: 'accepted' | 'rejected') => files.reduce((all, each) => all + each[count], 0)
  return { file, kind: known ?? 'novels', bytes, sha256, files, accepted: sum('accepted'), rejected: sum('rejected'), rejects, novels, premises: premises.size, totals }
}

const unread = { skipped: false, bytes: 0, accepted: 0, rejected: 0, damage: { count: 0, lines: [] } }

class Inspector {
  known: FileKind | undefined
  readonly files: InspectedFile[] = []
  readonly rejects: InspectedReject[] = []
  readonly novels: InspectedNovel[] = []
  readonly premises = new Set<string>()
  totals = noNovels

  constructor(private readonly options: InspectOptions) {
    this.known = options.kind
  }

  async read(source: ReadableSource): Promise<void> {
    const file: InspectedFile = { ...unread, name: source.name }
    try {
      const wanted = this.options.kind && (this.options.kind === 'novels' ? 'novels' : 'test')
      const opened = await openRecords(source, { wanted, chosen: this.options.encoding })
      Object.assign(file, { form: opened.form, encoding: opened.encoding, plausibility: opened.plausibility, mojibake: opened.mojibake })
      await this.takeAll(opened, file)
      Object.assign(file, { bytes: opened.bytes(), damage: opened.damage() })
    } catch (error) {
      // A file by itself is refused as such; among others it is one line of the list.
      if (!(error instanceof MolianError) || error.code.startsWith('upload.archive-') || !source.inArchive) throw error
      file.accepted = 0
      file.fault = inBothLanguages(error)
    }
    this.files.push(file)
  }

  private async takeAll(opened: OpenedRecords, file: InspectedFile): Promise<void> {
    const found: InspectedNovel[] = []
    for await (const outcome of opened.records) {
      const fault = outcome.ok ? this.take(outcome, file, found) : outcome
      if (!fault) file.accepted += 1
      else {
        file.rejected += 1
        if (this.rejects.length < LONGEST_LIST) this.rejects.push({ file: file.name, line: outcome.line, ...inBothLanguages(fault) })
      }
      this.keep(found, opened.form === 'text')
    }
    this.keep(found, true)
  }

  /** Novels of an entry are held back while it may still turn out damaged, as long as there are few. */
  private keep(found: InspectedNovel[], now: boolean): void {
    if (!now && found.length < LONGEST_LIST) return
    for (const novel of found.splice(0)) {
      this.totals = withNovel(this.totals, novel)
      if (this.novels.length < LONGEST_LIST) this.novels.push(novel)
    }
  }

  private take(outcome: Extract<RecordOutcome, { ok: true }>, file: InspectedFile, found: InspectedNovel[]): RecordFault | undefined {
    this.known ??= kindOfRecord(outcome.value)
    if (this.known === 'novels') {
      const read = novelOf(outcome.value)
      if (!read.ok) return read
      const novel = inspectNovel(read.novel.title, read.novel.text, file.name, outcome.line)
      if (novel.chapters.length === 0) return { code: 'record.empty-text', params: { field: 'text' } }
      found.push(novel)
    } else {
      const read = testRowOf(outcome.value)
      if (!read.ok) return read
      this.premises.add(premiseOf(read.row))
    }
    return undefined
  }
}

function inBothLanguages({ code, params }: RecordFault): Omit<InspectedReject, 'file' | 'line'> {
  return { code, params, sentence: { en: sentenceOf(code, params, 'en'), zh: sentenceOf(code, params, 'zh') } }
}
