/** A line of a novel with what is around it. */
export interface NovelLine {
  text: string
  /** Characters of blank space before it. */
  indent: number
  blank: boolean
  /** Blank lines directly before and after; the text's ends count as one. */
  blankBefore: boolean
  blankAfter: boolean
  /** Offsets of the line in the text. */
  start: number
  end: number
}

/** A text (line ends already one) as its lines. */
export function novelLines(text: string): NovelLine[] {
  let start = 0
  const lines = text.split('\n').map((raw): NovelLine => {
    const trimmed = raw.trim()
    const line = {
      text: trimmed,
      indent: raw.length - raw.trimStart().length,
      blank: trimmed === '',
      blankBefore: true,
      blankAfter: true,
      start,
      end: start + raw.length,
    }
    start += raw.length + 1
    return line
  })
  lines.forEach((line, index) => {
    line.blankBefore = lines[index - 1]?.blank ?? true
    line.blankAfter = lines[index + 1]?.blank ?? true
  })
  return lines
}

/** How a novel's paragraphs are set: their usual indent, and whether blank lines stand between them. */
export function bodyForm(lines: readonly NovelLine[]): { indent: number; spaced: boolean } {
  const indents = new Map<number, number>()
  let body = 0
  let spaced = 0
  for (const line of lines) {
    if (line.text.length < 20) continue
    body += 1
    if (line.blankBefore) spaced += 1
    indents.set(line.indent, (indents.get(line.indent) ?? 0) + 1)
  }
  const [usual] = [...indents].sort(([, one], [, other]) => other - one)
  return { indent: usual?.[0] ?? 0, spaced: spaced * 2 > body }
}
