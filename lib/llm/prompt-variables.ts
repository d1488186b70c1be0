/**
 * What a premise template may name. passage: the text itself. title, chapter: the novel's name and the chapter's
 * heading. previous: what stands right before the passage in its chapter, at most 400 characters, empty where it opens
 * the chapter. place: where the passage stands in its chapter, 开头, 中段, 结尾, or 全章 where it is the whole of it.
 */
export const premiseVariables = ['passage', 'title', 'chapter', 'previous', 'place'] as const
export const storyVariables = ['premise', 'instruction'] as const

export type PromptVariable = (typeof premiseVariables)[number] | (typeof storyVariables)[number]

/** A place for a variable: double braces, spaces allowed inside. */
export const variablePlace = /\{\{\s*([^{}]*?)\s*\}\}/g

/** Names of `{{variable}}` in a template, in order. */
export function variablesOf(template: string): string[] {
  return [...template.matchAll(variablePlace)].map((match) => match[1] ?? '')
}

export type TemplateFault = { kind: 'unknown'; variable: string; nearest: string } | { kind: 'missing'; variable: string }

/** What is wrong with a template: the first variable that does not exist, with the known name nearest to it, or that it lacks the one it is for. */
export function templateFault(template: string, known: readonly [string, ...string[]], required: string): TemplateFault | null {
  const used = variablesOf(template)
  const unknown = used.find((name) => !known.includes(name))
  if (unknown !== undefined) return { kind: 'unknown', variable: unknown, nearest: nearestName(unknown, known) }
  return used.includes(required) ? null : { kind: 'missing', variable: required }
}

/** The known name with the least edit distance (Levenshtein); of equals the first. */
function nearestName(name: string, known: readonly [string, ...string[]]): string {
  const lower = name.toLowerCase()
  return known.reduce((best, each) => (distance(lower, each) < distance(lower, best) ? each : best))
}

function distance(a: string, b: string): number {
  // A mistyped variable is short; whatever is longer is far from every name.
  const from = a.slice(0, 40)
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
