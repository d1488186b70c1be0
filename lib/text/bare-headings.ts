import { NUMERALS, numeralValue } from '@/lib/text/chinese-numerals'
import { lineHeading } from '@/lib/text/headings'
import { bodyForm, type NovelLine } from '@/lib/text/novel-lines'

/** Why a short line that does not call itself a heading is taken for one. */
export type BareEvidence = 'listed' | 'repeated' | 'outdented' | 'alone' | 'numeral'

const LONGEST_BARE_TITLE = 24
const LONGEST_LISTED_TITLE = 40
const ENOUGH_TEXT = 200
const hasWord = /[\p{Script=Han}\p{L}]/u
const punctuated = /[。！？!?；;，,：:…”"』」、]/
const dated = new RegExp(`^[${NUMERALS}]+\\s*[年月]`)
const onlyNumeral = new RegExp(`^[（(]?([${NUMERALS}]+)[）)]?[、.．]?$`)
const bracketed = /^[（(【〔[].*[）)】〕\]]$/

/** A title reduced to what identifies it: no brackets, marks or blank space, lower case. */
export function titleKey(title: string): string {
  return title.replace(/&[a-z]+;/g, '').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
}

/** The index after a table of contents' last line and the titles in it: a line 目录 and the unbroken run of short lines below it. */
export function contentsTable(lines: readonly NovelLine[]): { from: number; to: number; keys: Set<string> } | undefined {
  const from = lines.findIndex(({ text }) => text.length <= 20 && /(?:目\s*[录錄次]|^contents)[：:]?$/i.test(text))
  if (from === -1) return undefined
  let to = from + 1
  while (lines[to]?.blank) to += 1
  const keys = new Set<string>()
  for (let line = lines[to]; line && !line.blank && line.text.length <= LONGEST_LISTED_TITLE && !/[。！？]$/.test(line.text); line = lines[to]) {
    keys.add(titleKey(line.text))
    to += 1
  }
  return keys.size > 0 ? { from, to, keys } : undefined
}

/**
 * Short lines that stand alone like titles, with the evidence for each. Such a line has no punctuation,
 * is no date, number or note, stands between blank lines, and is set off from the
 * paragraphs (less indent, or the only blank lines around), listed in the contents, or repeated.
 */
export function bareHeadings(lines: readonly NovelLine[], listed: ReadonlySet<string>): Map<number, BareEvidence> {
  const body = bodyForm(lines)
  const found = new Map<number, BareEvidence>()
  let lastBare: string | undefined
  lines.forEach((line, index) => {
    if (!line.blankBefore || !line.blankAfter || line.blank) return
    if (line.text.length <= LONGEST_LISTED_TITLE && listed.has(titleKey(line.text))) {
      found.set(index, 'listed')
      return
    }
    if (!looksLikeTitle(line.text)) return
    const next = lines.slice(index + 1, index + 4).find(({ blank }) => !blank)
    if (next?.text === line.text || lastBare === line.text) found.set(index, 'repeated')
    else if (body.indent >= 2 && line.indent < body.indent) found.set(index, 'outdented')
    else if (!body.spaced) found.set(index, 'alone')
    lastBare = found.has(index) ? line.text : lastBare
  })
  const indices = [...found.keys()]
  indices.forEach((index, position) => {
    if (found.get(index) !== 'alone') return
    const end = lines[indices[position + 1] ?? lines.length]?.start ?? lines.at(-1)?.end ?? 0
    if (end - (lines[index]?.end ?? 0) < ENOUGH_TEXT) found.delete(index)
  })
  return found
}

/** Whether a line taken by itself may be a heading: by its own words, as a short line without punctuation, or as a bare number. */
export function mayBeHeading(line: string): boolean {
  const text = line.trim()
  return lineHeading(text) !== undefined || looksLikeTitle(text) || onlyNumeral.test(text)
}

function looksLikeTitle(text: string): boolean {
  return (
    text !== '' && text.length <= LONGEST_BARE_TITLE && hasWord.test(text) && !punctuated.test(text) &&
    !dated.test(text) && !onlyNumeral.test(text) && !bracketed.test(text) && !/^[—－-]/.test(text)
  )
}

/** Lines that hold nothing but 一, 二, 三 … in a row from one: the parts of a story without titles. */
export function numeralHeadings(lines: readonly NovelLine[]): Map<number, BareEvidence> {
  const found = new Map<number, BareEvidence>()
  let expected = 1
  lines.forEach((line, index) => {
    const numeral = onlyNumeral.exec(line.text)?.[1]
    if (numeral === undefined || numeralValue(numeral) !== expected) return
    found.set(index, 'numeral')
    expected += 1
  })
  return found.size >= 2 ? found : new Map()
}
