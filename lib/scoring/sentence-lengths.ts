import { hanCharacters } from '@/lib/text/counts'
import { sentences } from '@/lib/text/sentences'

/** Lengths in Han characters. */
export type SentenceLengths = { sentence: number; sentenceDeviation: number; clause: number }

/** Mean and standard deviation of a text's sentences, and the mean of its clauses (what stands between two marks). All 0 for a text without any. */
export function sentenceLengths(text: string): SentenceLengths {
  const lengths = sentences(text).map(hanCharacters).filter((length) => length > 0)
  const clauses = text.split(/[\p{P}\s]+/u).map(hanCharacters).filter((length) => length > 0)
  const sentence = mean(lengths)
  return { sentence, sentenceDeviation: Math.sqrt(mean(lengths.map((length) => (length - sentence) ** 2))), clause: mean(clauses) }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
