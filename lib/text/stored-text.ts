const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g
const INDENTS = /^[\t\v\f \u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]+/gm
const MARK = '\ufeff'

/** Line ends made one (`\n`) and a leading byte order mark taken away; indents stay. */
export function withOneLineEnd(raw: string): string {
  const text = raw.startsWith(MARK) ? raw.slice(1) : raw
  return text.includes('\r') || /[\u0085\u2028\u2029]/.test(text) ? text.replace(LINE_ENDS, '\n') : text
}

/** Text as it is stored: line ends made one, byte order mark and paragraph indents taken away, nothing else. */
export function storedText(raw: string): string {
  return withOneLineEnd(raw).replace(INDENTS, '')
}
