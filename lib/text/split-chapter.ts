/** UTF-16 units that a heading may have. */
export const longestHeading = 200

/**
 * A chapter's text in two, where a paragraph begins `at` code points into it; blank lines at the seam go.
 * `lineIsHeading` takes the paragraph's line out as the second part's heading. Undefined where no paragraph begins,
 * nothing would be left on a side, or the line is too long for a heading.
 */
export function splitText(text: string, at: number, lineIsHeading: boolean): { before: string; heading: string; after: string } | undefined {
  const unit = unitAt(text, at)
  if (unit === undefined || unit === 0 || text[unit - 1] !== '\n') return undefined
  const end = text.indexOf('\n', unit)
  const line = text.slice(unit, end === -1 ? text.length : end).trim()
  if (line === '' || (lineIsHeading && line.length > longestHeading)) return undefined
  const before = text.slice(0, unit).trimEnd()
  const after = (lineIsHeading ? (end === -1 ? '' : text.slice(end)) : text.slice(unit)).replace(/^\s+/u, '')
  return before === '' || after === '' ? undefined : { before, heading: lineIsHeading ? line : '', after }
}

/** The UTF-16 unit of a place in code points; undefined beyond the end. */
function unitAt(text: string, point: number): number | undefined {
  let unit = 0
  for (let passed = 0; passed < point; passed += 1) {
    if (unit >= text.length) return undefined
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
  }
  return unit
}
