import { seedOf } from '@/lib/draw'
import type { Example } from '@/lib/llm/prompts'
import type { PremiseStyle } from '@/lib/settings/premise-styles'
import type { PremisePrompt, PremiseSampling } from '@/lib/settings/premises'

/** How one passage is asked for: in which style, in whose words, and within which limits. */
export type StyledAsking = {
  style: PremiseStyle
  prompt: { system: string; template: string; examples: Example[] }
  limits: { minimumCharacters: number; maximumCharacters: number }
  maxTokens: number
}

/**
 * The style of a passage, drawn by the run's seed and the passage's number: each further style gets its share of a
 * hundred, the one sentence what is left. Every try of a passage has the same style.
 */
export function drawStyle(prompt: PremisePrompt, seed: number, item: number): PremiseStyle {
  // Tries count from 1, so that 0 is the draw's own.
  const drawn = (seedOf(seed, item, 0) / 2 ** 31) * 100
  let upTo = 0
  for (const { style, share } of prompt.styles) {
    upTo += share
    if (drawn < upTo) return style
  }
  return 'sentence'
}

/** The words and limits of a style; one that the prompt does not have is asked for as one sentence. */
export function styledAsking(prompt: PremisePrompt, sampling: PremiseSampling, style: PremiseStyle): StyledAsking {
  const own = prompt.styles.find((each) => each.style === style)
  const { system, template, examples, minimumCharacters, maximumCharacters, maxTokens } = own ?? { ...prompt, ...sampling }
  return { style: own?.style ?? 'sentence', prompt: { system, template, examples }, limits: { minimumCharacters, maximumCharacters }, maxTokens }
}

/** Every way in which a run with this prompt may ask. */
export function allAskings(prompt: PremisePrompt, sampling: PremiseSampling): StyledAsking[] {
  const shares = prompt.styles.reduce((sum, { share }) => sum + share, 0)
  const further = prompt.styles.map(({ style }) => styledAsking(prompt, sampling, style))
  return shares < 100 ? [styledAsking(prompt, sampling, 'sentence'), ...further] : further
}
