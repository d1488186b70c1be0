import type { Locale } from '@/lib/error-sentences'
import type { InspectedFile, Inspection } from '@/lib/text/inspect'
import type { InspectedNovel } from '@/lib/text/inspect-novel'

const registerNames = {
  modern: { zh: '白话', en: 'modern' },
  early_vernacular: { zh: '古白话', en: 'early vernacular' },
  classical: { zh: '文言', en: 'classical' },
} as const

const signs = {
  'utf-8-as-gbk': { zh: '像是 UTF-8 曾被当作 GBK 打开后另存', en: 'looks like UTF-8 that was once opened as GBK and saved' },
  'utf-8-as-latin-1': { zh: '像是 UTF-8 曾被当作 Latin-1 打开后另存', en: 'looks like UTF-8 that was once opened as Latin-1 and saved' },
  replaced: { zh: '有字符在此前的转换中丢失', en: 'characters were lost in an earlier conversion' },
} as const

/** What an inspection found, for a terminal. */
export function* inspectionLines(found: Inspection, locale: Locale): Generator<string> {
  const zh = locale === 'zh'
  yield `${found.file}  ${(found.bytes / 1e6).toFixed(1)} MB  sha256 ${found.sha256.slice(0, 12)}…`
  const several = found.files.length > 1
  for (const file of found.files) yield* fileLines(file, several, locale)
  yield zh ? `记录：采用 ${found.accepted}，拒绝 ${found.rejected}` : `records: ${found.accepted} accepted, ${found.rejected} rejected`
  if (found.kind === 'test-rows') yield zh ? `测试文件：${found.premises} 个不同的题目` : `a test file: ${found.premises} distinct premises`
  for (const novel of found.novels) yield* novelLines(novel, locale)
  const { totals } = found
  if (totals.novels > 0) {
    if (totals.novels > found.novels.length) yield zh ? `……共 ${totals.novels} 部` : `… ${totals.novels} novels in all`
    yield ''
    yield zh
      ? `合计 ${totals.characters} 字、${totals.chapters} 章：白话 ${totals.modern} 章，古白话 ${totals.earlyVernacular} 章，文言 ${totals.classical} 章`
      : `in all ${totals.characters} characters, ${totals.chapters} chapters: ${totals.modern} modern, ${totals.earlyVernacular} early vernacular, ${totals.classical} classical`
  }
  for (const reject of found.rejects) {
    const where = several ? `${reject.file}, ` : ''
    yield `${where}${zh ? `第 ${reject.line} 行` : `line ${reject.line}`}: ${reject.sentence[locale]}`
  }
}

function* fileLines(file: InspectedFile, several: boolean, locale: Locale): Generator<string> {
  const zh = locale === 'zh'
  if (several) yield `- ${file.name}`
  if (file.fault) yield `  ${file.fault.sentence[locale]}`
  const { encoding, mojibake, damage } = file
  if (encoding) {
    yield zh
      ? `编码 ${encoding.encoding}${encoding.bom ? '（含 BOM）' : ''}，把握 ${Math.round(encoding.confidence * 100)} %`
      : `encoding ${encoding.encoding}${encoding.bom ? ' with byte order mark' : ''}, ${Math.round(encoding.confidence * 100)} % sure`
  }
  if (mojibake) yield `  ${signs[mojibake][locale]}`
  if (damage.count > 0) {
    const lines = damage.lines.slice(0, 10).join(', ')
    yield zh ? `  ${damage.count} 个字符无法识别，以“\ufffd”代替：第 ${lines} 行` : `  ${damage.count} characters could not be read and stand as “\ufffd”: line ${lines}`
  }
}

function* novelLines(novel: InspectedNovel, locale: Locale): Generator<string> {
  yield ''
  yield locale === 'zh' ? `《${novel.title}》 ${novel.characters} 字，${novel.chapters.length} 章` : `${novel.title}  ${novel.characters} characters, ${novel.chapters.length} chapters`
  for (const chapter of novel.chapters) {
    const { register, functionDensity, clauseLength } = chapter.register
    yield `  ${chapter.heading || '—'}  ${chapter.characters}  ${registerNames[register][locale]}  ${functionDensity.toFixed(0)} ‰  ${clauseLength.toFixed(1)}`
  }
}
