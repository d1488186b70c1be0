export const premiseFlaws = ['empty', 'too-short', 'too-long', 'preamble', 'several-lines', 'repeated', 'copied', 'cut-off', 'garbled'] as const
export type PremiseFlaw = (typeof premiseFlaws)[number]

/** What stands for bytes that made no character: small models end in the middle of one. */
export const replacement = '\ufffd'

const preamble = /^(好的|当然|可以|以下|下面|这段|这篇|该段|该文|本文|提要|概括|总结|摘要|答案?[:：]|Sure|Here|The passage)/i

/** Characters in a row that the answer and the passage share before the answer counts as copied. */
const copiedRun = 16

/** Of an answer that is far too long only the beginning is compared with itself and the passage. */
const examined = 1000

/** An answer without what is only its wrapping: spaces, and quotation marks around the whole. */
export function unwrapped(answer: string): string {
  const text = answer.trim()
  return /^[“"「『《]([^“”"「」『』《》]*)[”"」』》]$/.exec(text)?.[1]?.trim() ?? text
}

/** What is wrong with a premise; none means good. Lengths are in code points. */
export function flawsOfPremise(
  premise: string,
  passage: string,
  limits: { minimumCharacters: number; maximumCharacters: number },
  finishReason: string,
): PremiseFlaw[] {
  if (premise === '') return ['empty']
  const characters = [...premise]
  const length = characters.length
  const beginning = characters.slice(0, examined)
  const flaws: PremiseFlaw[] = []
  if (length < limits.minimumCharacters) flaws.push('too-short')
  if (length > limits.maximumCharacters) flaws.push('too-long')
  if (preamble.test(premise)) flaws.push('preamble')
  if (premise.includes('\n')) flaws.push('several-lines')
  if (repeats(beginning.join(''))) flaws.push('repeated')
  if (copies(beginning, passage)) flaws.push('copied')
  if (finishReason === 'length') flaws.push('cut-off')
  if (premise.includes(replacement)) flaws.push('garbled')
  return flaws
}

/** The same run of four or more characters twice, or one character four times in a row. */
function repeats(text: string): boolean {
  return /(.{4,})[，。、；\s]*\1/su.test(text) || /(.)\1{3}/su.test(text)
}

function copies(characters: readonly string[], passage: string): boolean {
  for (let start = 0; start + copiedRun <= characters.length; start++) {
    if (passage.includes(characters.slice(start, start + copiedRun).join(''))) return true
  }
  return false
}
