import type { ModelTokenizer } from '@/lib/models/tokenizer'
import { cutKey, proseOf } from '@/lib/stages/passages/figures'
import { pauses } from '@/lib/stages/passages/pace'
import { chapterTexts, type ScopeNovel } from '@/lib/stages/passages/scope'
import { cutChapter, type CutRule } from '@/lib/text/cut-chapter'
import { tokenRuler, type TokenRuler, tokensBefore } from '@/lib/text/token-ruler'

/** How many of a novel's passages have how many tokens. */
export type TokenTally = [tokens: number, count: number][]

/** Places kept of all rulers together: eight bytes each. */
const keptPlaces = 4_000_000
const keptTallies = 500

const rulers = new Map<string, TokenRuler>()
let places = 0
const tallies = new Map<string, TokenTally>()

/**
 * The tokens of each passage that cutting the novel by the rule gives, counted by a model's tokenizer. A novel's text
 * is counted once a tokenizer; another rule is then a matter of subtracting. Aborts between chapters.
 */
export async function tokenTally(novel: ScopeNovel, rule: CutRule, tokenizer: ModelTokenizer, signal?: AbortSignal): Promise<TokenTally> {
  const key = `${cutKey(novel, rule)} ${tokenizer.stamp}`
  const known = tallies.get(key)
  if (known) return known
  const counts = new Map<number, number>()
  const rest = pauses('behind')
  for await (const { id, text } of chapterTexts(novel.chapters.map((chapter) => chapter.id))) {
    signal?.throwIfAborted()
    for (const tokens of tokensOfPassages(text, rule, tokenizer, await rulerOf(id, text, tokenizer, rest))) counts.set(tokens, (counts.get(tokens) ?? 0) + 1)
    await rest()
  }
  const tally: TokenTally = [...counts].sort(([a], [b]) => a - b)
  if (tallies.size >= keptTallies) for (const oldest of [...tallies.keys()].slice(0, keptTallies / 10)) tallies.delete(oldest)
  tallies.set(key, tally)
  return tally
}

function tokensOfPassages(text: string, rule: CutRule, { countTokens }: ModelTokenizer, ruler: TokenRuler): number[] {
  let before = 0
  return proseOf(cutChapter(text, rule)).map((passage) => {
    const after = tokensBefore(ruler, text, passage.endUnit, countTokens)
    const tokens = after - before
    before = after
    return tokens
  })
}

async function rulerOf(chapterId: number, text: string, tokenizer: ModelTokenizer, rest: () => Promise<void>): Promise<TokenRuler> {
  const key = `${chapterId} ${tokenizer.stamp}`
  const known = rulers.get(key)
  if (known) return known
  const ruler = await tokenRuler(text, tokenizer.countTokens, rest)
  // Another request may have counted the same chapter meanwhile.
  if (rulers.has(key)) return ruler
  for (const [oldest, { units }] of rulers) {
    if (places + ruler.units.length <= keptPlaces) break
    rulers.delete(oldest)
    places -= units.length
  }
  rulers.set(key, ruler)
  places += ruler.units.length
  return ruler
}
