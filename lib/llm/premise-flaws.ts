import type { PremiseStyle } from '@/lib/settings/premise-styles'
import { foreignShare } from '@/lib/text/foreign-share'
import { hasSpecialToken } from '@/lib/text/special-tokens'
import { unknownNames } from '@/lib/text/unknown-names'

export const premiseFlaws = ['empty', 'too-short', 'too-long', 'preamble', 'several-lines', 'repeated', 'copied', 'cut-off', 'garbled', 'special-token', 'foreign', 'leak', 'unknown-name'] as const
export type PremiseFlaw = (typeof premiseFlaws)[number]

/** Flaws that are said of a premise and do not make it unusable: they are asked about anew, and at the last try let through, marked. */
export const markingFlaws: readonly PremiseFlaw[] = ['leak', 'unknown-name']

/** What an answer's flaws decide: nothing yet where another try may do better, else good or refused. */
export function outcomeOf(flaws: readonly PremiseFlaw[], isLastTry: boolean): 'good' | 'refused' | null {
  if (flaws.length === 0) return 'good'
  if (!isLastTry) return null
  return flaws.every((flaw) => markingFlaws.includes(flaw)) ? 'good' : 'refused'
}

/** What stands for bytes that made no character: small models end in the middle of one. */
export const replacement = '\ufffd'

const preamble = /^(好的|当然|可以|以下|下面|这段|这篇|该段|该文|本文|提要|概括|总结|摘要|答案?[:：]|Sure|Here|The passage)/i

/** Characters in a row that the answer and the passage share before the answer counts as copied. */
const copiedRun = 16

/** Share of letters and digits that are not Chinese from which a text is in another language. */
export const mostForeign = 1 / 3

/** Of an answer that is far too long only the beginning is compared with itself and the passage. */
const examined = 1000

/** An answer without what is only its wrapping: the thoughts of a reasoning model, spaces, and quotation marks around the whole. */
export function unwrapped(answer: string): string {
  const text = answer.replace(/^\s*<think>[^]*?<\/think>/, '').trim()
  return /^[“"「『《]([^“”"「」『』《》]*)[”"」』》]$/.exec(text)?.[1]?.trim() ?? text
}

/** What more can be known of a premise: its style (one sentence unless given), what stands around the passage, and what gives a test premise away. */
export type PremiseAbout = { style?: PremiseStyle; around?: readonly string[]; leaks?: (text: string) => unknown }

/** What is wrong with a premise; none means good. Lengths are in code points. */
export function flawsOfPremise(
  premise: string,
  passage: string,
  limits: { minimumCharacters: number; maximumCharacters: number },
  finishReason: string,
  { style = 'sentence', around = [], leaks = () => null }: PremiseAbout = {},
): PremiseFlaw[] {
  if (premise === '') return ['empty']
  const characters = [...premise]
  const length = characters.length
  const beginning = characters.slice(0, examined)
  const flaws: PremiseFlaw[] = []
  if (length < limits.minimumCharacters) flaws.push('too-short')
  if (length > limits.maximumCharacters) flaws.push('too-long')
  if (preamble.test(premise)) flaws.push('preamble')
  if (style !== 'outline' && premise.includes('\n')) flaws.push('several-lines')
  if (repeats(beginning.join(''))) flaws.push('repeated')
  if (copies(beginning, passage)) flaws.push('copied')
  if (finishReason === 'length') flaws.push('cut-off')
  if (premise.includes(replacement)) flaws.push('garbled')
  if (hasSpecialToken(premise)) flaws.push('special-token')
  // A premise is in its passage's language: in a foreign passage it may be foreign.
  if (foreignShare(premise) > mostForeign && foreignShare(passage) <= mostForeign) flaws.push('foreign')
  if (leaks(premise)) flaws.push('leak')
  if (unknownNames(beginning.join(''), [passage, ...around].join('\n')).length > 0) flaws.push('unknown-name')
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
