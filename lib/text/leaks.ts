/** A test premise that a text gives away: how, and how alike they are (1 for the same words). */
export type Leak<T> = { test: T; kind: 'same' | 'contains' | 'alike'; likeness: number }

export type LeakFinder<T> = (text: string) => Leak<T> | null

/** Characters that a premise, or a text that lies inside one, must have before lying inside the other counts. */
const containedFrom = 6

/** Shared character bigrams ÷ all bigrams of both (Jaccard) from which two texts are nearly the same: about one character in six is another. */
const likenessFrom = 0.5

/** Share of a premise's bigrams that a longer text (an outline, a passage) has, from which it tells the premise in other order. */
const heldFrom = 0.8
const heldFromCharacters = 12

/** Letters and digits alone, in one width and case: what two writings of the same words have in common. */
export function normalForm(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/**
 * Finds which test premise a text gives away. Both are compared in their normal form (letters and digits alone).
 * `same`: nothing else differs. `contains`: one lies whole in the other, the inner one having six characters or more.
 * `alike`: their sets of character bigrams have a Jaccard likeness of 0.5 or more, or the text has 80 % of the bigrams
 * of a premise of twelve characters or more. The worst of the three is told, and of several premises the most alike.
 * An index from bigram to premises makes a look cost what the text's own bigrams cost, whatever the number of premises.
 */
export function leakFinder<T extends { premise: string }>(tests: readonly T[]): LeakFinder<T> {
  const index = new Map<string, number[]>()
  const whole = new Map<string, number>()
  const known: { test: T; form: string; length: number; bigrams: number }[] = []
  for (const test of tests) {
    const form = normalForm(test.premise)
    if (form === '' || whole.has(form)) continue
    const bigrams = bigramsOf(form)
    whole.set(form, known.length)
    for (const bigram of bigrams) push(index, bigram, known.length)
    known.push({ test, form, length: [...form].length, bigrams: bigrams.size })
  }
  const shared = new Uint32Array(known.length)

  return (text) => {
    const form = normalForm(text)
    const same = known[whole.get(form) ?? -1]
    if (same) return { test: same.test, kind: 'same', likeness: 1 }
    const bigrams = bigramsOf(form)
    const length = [...form].length
    // One counter a premise, zero again after every look: a map made for each text costs more than the looking.
    const met: number[] = []
    for (const bigram of bigrams) {
      for (const at of index.get(bigram) ?? []) {
        const count = shared[at] ?? 0
        if (count === 0) met.push(at)
        shared[at] = count + 1
      }
    }
    let worst: Leak<T> | null = null
    for (const at of met) {
      const entry = known[at]
      const leak = entry && judge(entry, { form, length, bigrams: bigrams.size }, shared[at] ?? 0)
      shared[at] = 0
      if (leak && (!worst || rank(leak) > rank(worst))) worst = { test: entry.test, ...leak }
    }
    return worst
  }
}

type Measured = { form: string; length: number; bigrams: number }

function judge(premise: Measured, text: Measured, shared: number): Pick<Leak<never>, 'kind' | 'likeness'> | null {
  const likeness = shared / (premise.bigrams + text.bigrams - shared)
  const [inner, outer] = premise.length <= text.length ? [premise, text] : [text, premise]
  // Only where all of the inner one's bigrams are shared can it lie in the other.
  if (inner.length >= containedFrom && shared === inner.bigrams && outer.form.includes(inner.form)) return { kind: 'contains', likeness }
  const isHeld = premise.length >= heldFromCharacters && shared / premise.bigrams >= heldFrom
  return likeness >= likenessFrom || isHeld ? { kind: 'alike', likeness } : null
}

function rank(leak: Pick<Leak<never>, 'kind' | 'likeness'>): number {
  return (leak.kind === 'contains' ? 1 : 0) + leak.likeness
}

function bigramsOf(form: string): Set<string> {
  const characters = [...form]
  const bigrams = new Set<string>()
  for (let at = 0; at + 1 < characters.length; at++) bigrams.add(`${characters[at]}${characters[at + 1]}`)
  return bigrams
}

function push(index: Map<string, number[]>, bigram: string, at: number): void {
  const list = index.get(bigram)
  if (list) list.push(at)
  else index.set(bigram, [at])
}
