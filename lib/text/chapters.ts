import { bareHeadings, contentsTable, numeralHeadings, titleKey, type BareEvidence } from '@/lib/text/bare-headings'
import { FRONT_HEADING } from '@/lib/text/front-heading'
import { lineHeading, type LineHeading } from '@/lib/text/headings'
import { novelLines, type NovelLine } from '@/lib/text/novel-lines'
import { storedText, withOneLineEnd } from '@/lib/text/stored-text'

/** What showed that a chapter begins: the heading's own words, its place among the lines, the novel's title, or nothing. `front` is what stands before the first heading. */
export type ChapterEvidence = LineHeading['kind'] | BareEvidence | 'title' | 'front' | 'none'

export interface Chapter {
  /** For display; `FRONT_HEADING` before the first heading, empty in a novel without any. */
  heading: string
  /** The lines taken for the heading as they stand, title page and repetitions included; with `text` nothing is lost. */
  headingText: string
  /** Stored text: one kind of line end, no indents, no blank lines at either end. */
  text: string
  evidence: ChapterEvidence
}

interface FoundHeading {
  line: number
  evidence: ChapterEvidence
}

const LONGEST_TITLE_PAGE = 300
const SENTENCE_END = /[。！？]/

/**
 * Cuts a novel (raw, with its indents, which are evidence) into chapters. Headings and texts
 * together hold every non-blank character of the novel in its order.
 */
export function splitChapters(novelText: string, title = ''): Chapter[] {
  const text = withOneLineEnd(novelText)
  const lines = novelLines(text)
  const headings = findHeadings(lines, title)
  const chapters: Chapter[] = []
  let held: NovelLine[] = []

  const firstLine = headings[0]?.line ?? lines.length
  const front = lines.slice(0, firstLine).filter(({ blank }) => !blank)
  const frontText = front.map((line) => line.text).join('\n')
  if (headings.length > 0 && frontText.length <= LONGEST_TITLE_PAGE && !SENTENCE_END.test(frontText)) held = [...front]
  else {
    const before = textBetween(text, lines, 0, firstLine)
    if (before !== '') chapters.push({ heading: headings.length > 0 ? FRONT_HEADING : '', headingText: '', text: before, evidence: headings.length > 0 ? 'front' : 'none' })
  }

  headings.forEach(({ line, evidence }, index) => {
    const heading = lines[line]
    if (!heading) return
    const body = textBetween(text, lines, line + 1, headings[index + 1]?.line ?? lines.length)
    held.push(heading)
    if (body === '' && index + 1 < headings.length) return
    push(chapters, held, body, evidence, front)
    held = []
  })
  return chapters
}

function push(chapters: Chapter[], headingLines: readonly NovelLine[], text: string, evidence: ChapterEvidence, front: readonly NovelLine[] = []): void {
  const headingText = headingLines.map((line) => line.text).join('\n')
  const last = chapters.at(-1)
  if (text !== '') chapters.push({ heading: shownHeading(headingLines.filter((line) => !front.includes(line))), headingText, text, evidence })
  // A heading that nothing follows is no chapter; its words stay with what is before it.
  else if (headingText !== '' && last) last.text += `\n\n${headingText}`
  else if (headingText !== '') chapters.push({ heading: '', headingText: '', text: headingText, evidence: 'none' })
}

/** A volume's and a chapter's line, or a number and its title below, as one; a repeated line once. */
function shownHeading(lines: readonly NovelLine[]): string {
  const kept = lines.filter((line, index) => titleKey(line.text) !== titleKey(lines[index + 1]?.text ?? ''))
  return kept.slice(-2).map((line) => line.text).join(' ')
}

function textBetween(text: string, lines: readonly NovelLine[], from: number, to: number): string {
  const first = lines.slice(from, to).findIndex(({ blank }) => !blank)
  if (first === -1) return ''
  let last = to - 1
  while (lines[last]?.blank) last -= 1
  return storedText(text.slice(lines[from + first]?.start, lines[last]?.end))
}

function findHeadings(lines: readonly NovelLine[], title: string): FoundHeading[] {
  const contents = contentsTable(lines)
  const inContents = (index: number) => contents !== undefined && index >= contents.from && index < contents.to
  const worded = wordedHeadings(lines).filter(({ line }) => !inContents(line))
  const counted = worded.filter(({ evidence }) => evidence !== 'named').length
  if (counted >= 2) return worded

  const titleLine = lines.findIndex(({ blank }) => !blank)
  const titleLeads = titleLine !== -1 && title !== '' && titleKey(lines[titleLine]?.text ?? '') === titleKey(title)
  const usable = (index: number) => !inContents(index) && !(titleLeads && index === titleLine)
  let bare = [...bareHeadings(lines, contents?.keys ?? new Set())].filter(([index]) => usable(index))
  if (bare.length === 0 && worded.length === 0) bare = [...numeralHeadings(lines)]
  const found = new Map<number, FoundHeading>()
  for (const [line, evidence] of bare) found.set(line, { line, evidence })
  for (const heading of worded) found.set(heading.line, heading)
  if (found.size === 0 && titleLeads) return [{ line: titleLine, evidence: 'title' }]
  return [...found.values()].sort((one, other) => one.line - other.line)
}

/** Headings by their own words, without the entries of a table of contents (those that stand in a row and come again). */
function wordedHeadings(lines: readonly NovelLine[]): FoundHeading[] {
  const lastNumber = new Map<string, number>()
  const found: (FoundHeading & { untitled: boolean; key: string })[] = []
  lines.forEach((line, index) => {
    const heading = line.blank ? undefined : lineHeading(line.text)
    if (!heading) return
    const { unit = '', number } = heading
    if (heading.joined && number !== (lastNumber.get(unit) ?? 0) + 1) return
    if (number !== undefined) lastNumber.set(unit, number)
    found.push({ line: index, evidence: heading.kind, untitled: heading.untitled, key: titleKey(line.text) })
  })
  const again = new Map<string, number>()
  for (const { key, line } of found) again.set(key, line)
  const kept = found.filter(({ line, key }, index) => {
    const next = found[index + 1]
    const stacked = next !== undefined && lines.slice(line + 1, next.line).every(({ blank }) => blank)
    return !(stacked && next.key !== key && (again.get(key) ?? line) > line)
  })
  return kept.flatMap((heading) => [heading, ...(heading.untitled ? titleBelow(lines, heading.line) : [])])
}

/** The title of a heading that is only a number, where it stands alone below it. */
function titleBelow(lines: readonly NovelLine[], above: number): FoundHeading[] {
  let line = above + 1
  while (lines[line]?.blank) line += 1
  const candidate = lines[line]
  const isTitle =
    candidate !== undefined && candidate.text.length <= 16 && candidate.blankAfter && candidate.blankBefore &&
    !/[。！？!?；，：…”"』」]/.test(candidate.text) && lineHeading(candidate.text) === undefined
  return isTitle ? [{ line, evidence: 'numbered' }] : []
}
