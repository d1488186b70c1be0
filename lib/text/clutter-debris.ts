import type { Clutter, ClutterKind } from '@/lib/text/clutter'
import { isHan } from '@/lib/text/counts'

// � and private use, and what stands where bytes were read wrong.
const lost = /\ufffd+|[\ue000-\uf8ff]+|[\udb80-\udbff][\udc00-\udfff]|(?:锟斤拷)+|烫{4,}|屯{4,}/g
// Single letters of other scripts and signs between Han characters: a character of the page was taken for them.
const strayLetter = /[\u0400-\u04ff\u0100-\u017f\u2502-\u257f\u3105-\u312f\u30a1-\u30fa]/g
const straySign = /[$\\^`|◆◇]/g
const questionMarks = /\?+/g
// Written as numbers, because what they name cannot be seen: controls, soft hyphens, zero widths, marks of direction.
const unseen = [[0x00, 0x08], [0x0b, 0x0c], [0x0e, 0x1f], [0x7f, 0x84], [0x86, 0x9f], [0xad, 0xad], [0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x2064], [0xfeff, 0xfeff], [0xfff9, 0xfffb]]
const control = new RegExp(`[${unseen.map((range) => range.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('-')).join('')}]+`, 'g')
const markup = /&(nbsp|lt|gt|amp|quot|middot|ldquo|rdquo|lsquo|rsquo|hellip|mdash|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});|<\/?(?:br|p|div|span|font|strong|em|center|img|script|a|b|i)(?:\s[^<>\n]{0,200})?\s?\/?>/g
const ENTITIES: Record<string, string> = { nbsp: ' ', lt: '<', gt: '>', amp: '&', quot: '"', middot: '·', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', hellip: '…', mdash: '—' }

const halfMark = /[,;:!]/g
const FULL: Record<string, string> = { ',': '，', ';': '；', ':': '：', '!': '！', '﹐': '，', '﹔': '；', '﹕': '：', '﹗': '！', '﹖': '？', '﹒': '．', '︰': '：', '∶': '：' }
const smallMark = /[﹐﹔﹕﹗﹖﹒︰]|∶/g
const word = /[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]{2,}/g
const space = / /g

/** What a scan or a conversion left in a text; some places may overlap. */
export function debrisIn(text: string): Clutter[] {
  const found: Clutter[] = [...brokenLines(text), ...pageNumbers(text)]
  const take = (kind: ClutterKind, pattern: RegExp, is: (start: number, end: number, match: string) => boolean, instead: (match: string, group?: string) => string = () => '') => {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length
      if (is(match.index, end, match[0])) found.push({ kind, start: match.index, end, instead: instead(match[0], match[1]) })
    }
  }
  const always = () => true
  const amongHan = (start: number, end: number) => isHan(text.charCodeAt(start - 1)) && isHan(text.charCodeAt(end))
  const inProse = (start: number, end: number) => isProse(text.charCodeAt(start - 1)) && isProse(text.charCodeAt(end))
  take('lost_character', lost, always)
  take('lost_character', strayLetter, inProse)
  take('lost_character', straySign, amongHan)
  take('control', control, always)
  take('markup', markup, always, (match, entity) => (entity === undefined ? (/^<br/i.test(match) ? '\n' : '') : decoded(entity)))
  take('mixed_width', smallMark, (start, _end, mark) => mark !== '∶' || isHan(text.charCodeAt(start - 1)), (mark) => FULL[mark] ?? mark)
  take('mixed_width', word, (_start, _end, match) => /[A-Za-z0-9]/.test(match) && /[Ａ-Ｚａ-ｚ０-９]/.test(match), (match) => match.normalize('NFKC'))
  take('mixed_width', space, (start, end) => amongHan(start, end) && isInsideSentence(text, start))
  const { full, half } = marksOf(text)
  if (full >= 5 * half) {
    take('lost_character', questionMarks, amongHan)
    take('mixed_width', halfMark, amongHan, (mark) => FULL[mark] ?? mark)
  }
  return found
}

/** A Han character or one of the marks that stand between clauses. */
function isProse(unit: number): boolean {
  return isHan(unit) || unit === 0x3002 || unit === 0x3001 || unit === 0xff0c || unit === 0xff1a || unit === 0xff1b || unit === 0xff01 || unit === 0xff1f || unit === 0x201c || unit === 0x201d
}

function decoded(entity: string): string {
  if (!entity.startsWith('#')) return ENTITIES[entity] ?? ''
  const code = /^#[xX]/.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
  return code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ''
}

/** How a text sets its clauses: with full-width marks, or with half-width ones after Han characters. */
function marksOf(text: string): { full: number; half: number } {
  let [full, half] = [0, 0]
  for (let at = 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0xff0c || unit === 0xff1f || unit === 0xff01) full += 1
    else if ((unit === 0x2c || unit === 0x3f || unit === 0x21) && isHan(text.charCodeAt(at - 1))) half += 1
  }
  return { full, half }
}

/** Whether a space stands in a long line with a sentence and few spaces: in verse and tables spaces divide. */
function isInsideSentence(text: string, at: number): boolean {
  const from = text.lastIndexOf('\n', at) + 1
  const end = text.indexOf('\n', at)
  const line = text.slice(from, end === -1 ? text.length : end)
  return line.length >= 30 && line.includes('。') && line.split(/[ \u3000]/).length <= 3
}

const dressedNumber = /^(?:[-—–·•]\s*\d{1,4}\s*[-—–·•]|第\s*\d{1,4}\s*页|\d{1,4}\s*\/\s*\d{1,4}|[Pp]age\s*\d{1,4})$/
const bareNumber = /^\d{1,4}$/
const SENTENCE_END = /[。！？!?…”』」）)：:—]$/

/** Lines of a page's number: dressed as one, or a bare number that stands inside a sentence (elsewhere it numbers a section). */
function pageNumbers(text: string): Clutter[] {
  const found: Clutter[] = []
  let before = ''
  let start = 0
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    const inside = before !== '' && !SENTENCE_END.test(before) && before.length >= 10
    if (dressedNumber.test(line) || (bareNumber.test(line) && inside)) found.push({ kind: 'page_number', start, end: start + raw.length, instead: '' })
    else if (line !== '') before = line
    start += raw.length + 1
  }
  return found
}

const CANNOT_BEGIN = /^[，。、；：！？”』」）》]/
const SHORTEST = 16
const ALIKE = 2
const ENOUGH = 4

/**
 * Line ends inside sentences: before a mark that begins no line; and in a text set to a fixed width, where many lines
 * without an end have the same length. Verse, whose lines are short and alike, is left alone.
 */
function brokenLines(text: string): Clutter[] {
  const lines: { start: number; end: number; text: string }[] = []
  let start = 0
  for (const line of text.split('\n')) {
    lines.push({ start, end: start + line.length, text: line.trimEnd() })
    start += line.length + 1
  }
  const open = lines.filter((line, index) => line.text.length >= SHORTEST && goesOn(line.text.charCodeAt(line.text.length - 1)) && begins((lines[index + 1]?.text ?? '').charCodeAt(0)))
  const widths = new Map<number, number>()
  for (const line of open) widths.set(line.text.length, (widths.get(line.text.length) ?? 0) + 1)
  const usual = (length: number) => [-2, -1, 0, 1, 2].reduce((sum, step) => sum + (Math.abs(step) <= ALIKE ? (widths.get(length + step) ?? 0) : 0), 0)
  return lines.flatMap((line, index): Clutter[] => {
    const next = lines[index + 1]
    if (!next || line.text === '') return []
    const certain = CANNOT_BEGIN.test(next.text) && !SENTENCE_END.test(line.text)
    return certain || (open.includes(line) && usual(line.text.length) >= ENOUGH) ? [{ kind: 'broken_line', start: line.start + line.text.length, end: next.start, instead: '' }] : []
  })
}

function goesOn(unit: number): boolean {
  return isHan(unit) || unit === 0xff0c || unit === 0x3001
}

function begins(unit: number): boolean {
  return isHan(unit) || unit === 0x201c || unit === 0x2018
}
