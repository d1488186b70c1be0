const LINE_FEED = 0x0a

/** JSON Lines, one JSON array, or objects spread over several lines one after another. */
export type RecordForm = 'lines' | 'array' | 'documents'

/**
 * Tells the form from a file's beginning (UTF-8, as much as is at hand). An object that is still
 * open, outside a string, where its first line ends is spread over lines only if the next line goes on as an
 * object does: a key, a closing brace, or the value that a colon promised. A record cut off
 * at its line's end is followed by the next record's brace instead.
 */
export function recordForm(head: Buffer): RecordForm {
  const text = head.toString('latin1').replace(/^[ \t\r\n]+/, '')
  if (text.startsWith('[')) return 'array'
  if (!text.startsWith('{')) return 'lines'
  const skipped = head.length - text.length
  const feed = head.indexOf(LINE_FEED, skipped)
  if (feed === -1) return 'lines'
  const firstLine = text.slice(0, feed - skipped).trimEnd()
  if (!endsInsideObject(firstLine)) return 'lines'
  const next = text.slice(feed - skipped).trimStart()[0]
  return next === '"' || next === '}' || firstLine.endsWith(':') ? 'documents' : 'lines'
}

function endsInsideObject(line: string): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]
    if (quoted) {
      if (character === '\\') at += 1
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
  }
  return depth > 0 && !quoted
}
