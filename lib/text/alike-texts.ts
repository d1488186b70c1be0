import { normalForm } from '@/lib/text/leaks'

/** Below so many letters and digits texts are the same or they are not. */
const shortest = 6

/**
 * Groups short texts that are the same or nearly so: their sets of character bigrams, in normal form, have a Jaccard
 * likeness of `likenessFrom` or more. Every text is compared with the first ones of the groups before it and joins the
 * one it is most like; so no chain of small changes joins what is not alike. Exact: what to compare is found by the
 * rarest bigrams of each text (prefix filtering: Bayardo, Ma & Srikant, "Scaling up all pairs similarity search", 2007),
 * of which two texts that are alike share one at least.
 *
 * Yields how many texts are done, every thousand, so that whoever runs it can let others go on; returns for every text
 * the number of its group's first, or -1 for one that is like no other.
 */
export function* alikeTexts(texts: readonly string[], likenessFrom = 0.75): Generator<number, Int32Array> {
  const forms = texts.map(normalForm)
  const frequency = frequencies(forms)
  const groups = new Int32Array(texts.length).fill(-1)
  const whole = new Map<string, number>()
  const firsts = new Map<number, Uint32Array>()
  const index = new Map<number, number[]>()
  for (const [text, form] of forms.entries()) {
    if (text % 1000 === 0) yield text
    if (form === '') continue
    const same = whole.get(form)
    if (same !== undefined) {
      join(groups, same, text)
      continue
    }
    const bigrams = rarestFirst(form, frequency)
    const prefix = form.length < shortest ? 0 : bigrams.length - Math.ceil(likenessFrom * bigrams.length) + 1
    const first = mostAlike(bigrams, prefix, index, firsts, likenessFrom)
    if (first === null) {
      firsts.set(text, bigrams)
      whole.set(form, text)
      for (let at = 0; at < prefix; at++) push(index, bigrams[at] ?? 0, text)
    } else {
      join(groups, first, text)
      // The same words again go where these went.
      whole.set(form, first)
    }
  }
  return groups
}

function mostAlike(bigrams: Uint32Array, prefix: number, index: ReadonlyMap<number, number[]>, firsts: ReadonlyMap<number, Uint32Array>, likenessFrom: number): number | null {
  const seen = new Set<number>()
  let best: { text: number; likeness: number } | null = null
  for (let at = 0; at < prefix; at++) {
    for (const text of index.get(bigrams[at] ?? 0) ?? []) {
      const other = firsts.get(text)
      if (!other || seen.has(text)) continue
      seen.add(text)
      const [short, long] = other.length < bigrams.length ? [other.length, bigrams.length] : [bigrams.length, other.length]
      if (short < likenessFrom * long) continue
      const shared = sharedOf(bigrams, other)
      const likeness = shared / (bigrams.length + other.length - shared)
      if (likeness >= likenessFrom && (!best || likeness > best.likeness || (likeness === best.likeness && text < best.text))) best = { text, likeness }
    }
  }
  return best?.text ?? null
}

/** A bigram as one number: its rank by rarity, so that sorting a text's ranks puts the rarest first. */
function frequencies(forms: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const form of forms) for (const bigram of bigramsOf(form)) counts.set(bigram, (counts.get(bigram) ?? 0) + 1)
  return new Map([...counts].sort(([one, a], [other, b]) => a - b || (one < other ? -1 : 1)).map(([bigram], rank) => [bigram, rank]))
}

function rarestFirst(form: string, ranks: ReadonlyMap<string, number>): Uint32Array {
  return Uint32Array.from([...bigramsOf(form)].map((bigram) => ranks.get(bigram) ?? 0)).sort()
}

function bigramsOf(form: string): Set<string> {
  const characters = [...form]
  const bigrams = new Set<string>()
  for (let at = 0; at + 1 < characters.length; at++) bigrams.add(`${characters[at]}${characters[at + 1]}`)
  return bigrams
}

function sharedOf(one: Uint32Array, other: Uint32Array): number {
  let [shared, at, beside] = [0, 0, 0]
  while (at < one.length && beside < other.length) {
    const difference = (one[at] ?? 0) - (other[beside] ?? 0)
    if (difference === 0) shared += 1
    if (difference <= 0) at += 1
    if (difference >= 0) beside += 1
  }
  return shared
}

function join(groups: Int32Array, first: number, text: number): void {
  groups[first] = first
  groups[text] = first
}

function push(index: Map<number, number[]>, bigram: number, text: number): void {
  const list = index.get(bigram)
  if (list) list.push(text)
  else index.set(bigram, [text])
}
