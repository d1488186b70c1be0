import '@/bin/quiet-log'
import { Command } from 'commander'
import { asMolianError } from '@/lib/errors'
import { inspectFile, type Inspection } from '@/lib/text/inspect'
import { languageOf } from '@/bin/failure.mjs'

const registerNames = {
  modern: { zh: '白话', en: 'modern' },
  early_vernacular: { zh: '古白话', en: 'early vernacular' },
  classical: { zh: '文言', en: 'classical' },
} as const

const program = new Command('molian inspect')
  .description('what an upload of FILE would give: exit 0 when something of it would be taken, 1 when not')
  .argument('<file>', 'train.json or test.json')
  .option('--json', 'as JSON')
  .parse()
const [file = ''] = program.args
const { json } = program.opts<{ json?: true }>()
const locale = languageOf()

try {
  const inspection = await inspectFile(file)
  if (json) console.log(JSON.stringify(inspection, null, 2))
  else for (const line of lines(inspection)) console.log(line)
  process.exitCode = inspection.accepted > 0 ? 0 : 1
} catch (error) {
  const known = asMolianError(error)
  if (json) console.log(JSON.stringify({ code: known.code, params: known.params, sentence: known.sentence(locale) }, null, 2))
  else console.error(known.sentence(locale))
  process.exitCode = 1
}

function* lines(found: Inspection): Generator<string> {
  const zh = locale === 'zh'
  const { encoding } = found
  yield `${found.file}  ${(found.bytes / 1e6).toFixed(1)} MB  sha256 ${found.sha256.slice(0, 12)}…`
  yield zh
    ? `编码 ${encoding.encoding}${encoding.bom ? '（含 BOM）' : ''}，把握 ${Math.round(encoding.confidence * 100)} %`
    : `encoding ${encoding.encoding}${encoding.bom ? ' with byte order mark' : ''}, ${Math.round(encoding.confidence * 100)} % sure`
  yield zh ? `记录：采用 ${found.accepted}，拒绝 ${found.rejected}` : `records: ${found.accepted} accepted, ${found.rejected} rejected`
  if (found.kind === 'test-rows') yield zh ? `测试文件：${found.premises} 个不同的题目` : `a test file: ${found.premises} distinct premises`
  for (const novel of found.novels) {
    yield ''
    yield zh ? `《${novel.title}》 ${novel.characters} 字，${novel.chapters.length} 章` : `${novel.title}  ${novel.characters} characters, ${novel.chapters.length} chapters`
    for (const chapter of novel.chapters) {
      const { register, functionDensity, clauseLength } = chapter.register
      yield `  ${chapter.heading || '—'}  ${chapter.characters}  ${registerNames[register][locale]}  ${functionDensity.toFixed(0)} ‰  ${clauseLength.toFixed(1)}`
    }
  }
  if (found.novels.length > 0) {
    const { totals } = found
    yield ''
    yield zh
      ? `合计 ${totals.characters} 字、${totals.chapters} 章：白话 ${totals.modern} 章，古白话 ${totals.earlyVernacular} 章，文言 ${totals.classical} 章`
      : `in all ${totals.characters} characters, ${totals.chapters} chapters: ${totals.modern} modern, ${totals.earlyVernacular} early vernacular, ${totals.classical} classical`
  }
  for (const reject of found.rejects) yield `${zh ? `第 ${reject.line} 行` : `line ${reject.line}`}: ${reject.sentence[locale]}`
}
