/** A variable that is being written: where its braces begin, and what of its name is there before the caret. */
export type Beginning = { from: number; typed: string }

/** What stands before the caret, if it is the beginning of a variable. */
export function beginningAt(text: string, caret: number): Beginning | null {
  const found = /\{\{\s*([\p{L}\p{N}_]*)$/u.exec(text.slice(0, caret))
  return found ? { from: found.index, typed: found[1] ?? '' } : null
}

/** The names that may be meant, those that begin with what is typed first. */
export function completionsOf(typed: string, variables: readonly string[]): string[] {
  const lower = typed.toLowerCase()
  const begins = variables.filter((name) => name.startsWith(lower))
  return [...begins, ...variables.filter((name) => !name.startsWith(lower) && name.includes(lower))]
}

/** The text with a variable in the place of [from, to), what was left of its name and braces swallowed, and where the caret goes. */
export function withVariable(text: string, from: number, to: number, name: string): { text: string; caret: number } {
  const rest = text.slice(to).replace(/^[\p{L}\p{N}_]*\s*\}\}/u, '')
  const before = `${text.slice(0, from)}{{${name}}}`
  return { text: before + rest, caret: before.length }
}
