/** What a judge said of the story that it was shown first and the one shown second. */
export type Verdict = 'left' | 'right' | 'both_good' | 'both_bad'

/** The words for each verdict, the longer ones before those that they begin with. */
const words: readonly (readonly [Verdict, string])[] = [
  ['left', '第一篇|第1篇|the first|first|1'],
  ['right', '第二篇|第2篇|the second|second|2'],
  ['both_bad', '都不好|都差|都很差|both bad|neither'],
  ['both_good', '都好|一样好|不分上下|平局|both good|both|tie'],
]
const said = words.map(([verdict, forms]) => `(?<${verdict}>${forms})`).join('|')
/** A conclusion: its word, a colon, the verdict, and nothing after it but marks. */
const conclusion = new RegExp(`(?:结论|verdict)\\s*[*_]*\\s*[:：]\\s*[*_「“"【\\[]*\\s*(?:${said})(?:更好|\\s+is better)?[*_」”"】\\].。!！\\s]*$`, 'iu')
const alone = new RegExp(`^[*_「“"【\\[\\s]*(?:${said})(?:更好|\\s+is better)?[*_」”"】\\].。!！\\s]*$`, 'iu')

/**
 * The verdict in a judge's answer: its last line that is a conclusion, or an answer that is a verdict and nothing else. Null where it has
 * none: that is an abstention and never a guess. What a model thinks aloud before its answer is not looked at.
 */
export function verdictIn(answer: string): Verdict | null {
  const text = answer.replace(/<think>[\s\S]*?<\/think>/gi, '').trim()
  // A thought that was cut off is no answer.
  if (/<think>/i.test(text)) return null
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const found = lines.findLast((line) => conclusion.test(line))
  const groups = (found === undefined ? alone : conclusion).exec(found ?? text)?.groups
  return words.map(([verdict]) => verdict).find((verdict) => groups?.[verdict] !== undefined) ?? null
}
