import type { Locale } from '@/lib/error-sentences'
import type { Change, FixKind } from '@/lib/submission/fixes'

/** `fix` stands behind a problem; `change` says beforehand what mending will do. The page and the terminal have the same words. */
const sentences: Record<FixKind, { fix: Record<Locale, string>; change: Record<Locale, string> }> = {
  're-encode': {
    fix: { en: 'Can be put right: the row is written as UTF-8.', zh: '可修正：改以 UTF-8 写出。' },
    change: { en: 'The file is written as UTF-8.', zh: '文件改以 UTF-8 写出。' },
  },
  'drop-mark': {
    fix: { en: 'Can be put right: the mark is left out.', zh: '可修正：去掉该标记。' },
    change: { en: 'The byte order mark is left out.', zh: '去掉字节序标记（BOM）。' },
  },
  'line-ends': {
    fix: { en: 'Can be put right: every line ends with a line feed alone.', zh: '可修正：每行只以换行符结尾。' },
    change: { en: 'Every line ends with a line feed alone.', zh: '每行改为只以换行符（LF）结尾。' },
  },
  'drop-blank-lines': {
    fix: { en: 'Can be put right: they are left out.', zh: '可修正：去掉空行。' },
    change: { en: 'Blank lines that are left out: {count}.', zh: '去掉空行：{count} 个。' },
  },
  'one-a-line': {
    fix: { en: 'Can be put right: one row is written a line.', zh: '可修正：每行写一条。' },
    change: { en: 'One row is written a line, without brackets and commas around them.', zh: '每行写一条，去掉外面的方括号和逗号。' },
  },
  'drop-trailing': {
    fix: { en: 'Can be put right: what follows the row on its line is left out.', zh: '可修正：去掉该行记录之后多余的文字。' },
    change: { en: 'Text after a row that is left out: {count} (rows {rows}).', zh: '去掉记录之后多余的文字：{count} 处（第 {rows} 行）。' },
  },
  'to-its-row': {
    fix: { en: 'Can be put right: each answer goes to the row that it answers.', zh: '可修正：各篇回到其所答的行。' },
    change: { en: 'Answers that go to the rows which they answer: {count} (rows {rows}).', zh: '回到所答之行的成稿：{count} 篇（第 {rows} 行）。' },
  },
  'restore-fields': {
    fix: { en: 'Can be put right: the row’s fields are put back as the test file has them.', zh: '可修正：该行各字段恢复为测试文件原样。' },
    change: { en: 'Rows whose fields are put back as the test file has them: {count} (rows {rows}).', zh: '字段恢复为测试文件原样：{count} 行（第 {rows} 行）。' },
  },
  'drop-row': {
    fix: { en: 'Can be put right: the row is left out.', zh: '可修正：去掉这一行。' },
    change: { en: 'Records left out, which answer no row or one that has its answer: {count} (in the file’s order {rows}).', zh: '去掉的记录（不对应任何行，或所答的行已有成稿）：{count} 条（按文件中的次序：第 {rows} 条）。' },
  },
  'write-again': {
    fix: { en: 'No safe fix in the file: this row has to be written again.', zh: '文件中没有可用的内容：此行须重新生成。' },
    change: { en: 'Rows that have to be written again: {count} (rows {rows}).', zh: '须重新生成的行：{count} 行（第 {rows} 行）。' },
  },
}

/** What can be done about a problem, in words. */
export function fixSentence(kind: FixKind, locale: Locale): string {
  return sentences[kind].fix[locale]
}

/** What mending would change, in words. */
export function changeSentence({ kind, count, rows }: Change, locale: Locale): string {
  const more = count > rows.length ? ' …' : ''
  return sentences[kind].change[locale].replace('{count}', String(count)).replace('{rows}', rows.join(locale === 'zh' ? '、' : ', ') + more)
}
