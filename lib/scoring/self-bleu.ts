import { gramCounts, proseCharacters } from '@/lib/scoring/character-grams'

const orders = [1, 2, 3, 4] as const

/**
 * Self-BLEU of the samples of one premise (Zhu et al., Texygen, arXiv 1802.01886): the mean over the samples of BLEU-4 (Papineni et al.
 * 2002, characters as words) of each against all the others; 1 is the same text again and again. Only the first `truncation` characters
 * of each are taken, since fifty long samples would only take longer. null for fewer than two samples with text.
 */
export function selfBleu(samples: readonly string[], truncation = 400): number | null {
  const texts = samples.map((sample) => proseCharacters(sample).slice(0, truncation)).filter((text) => text.length >= orders.length)
  if (texts.length < 2) return null
  const logPrecisions = texts.map(() => 0)
  for (const n of orders) {
    const counts = texts.map((text) => gramCounts(text, n))
    const ceilings = twoHighest(counts)
    counts.forEach((own, sample) => {
      let [matched, total] = [0, 0]
      for (const [gram, count] of own) {
        total += count
        const ceiling = ceilings.get(gram)
        const byOthers = !ceiling ? 0 : ceiling.holder === sample ? ceiling.second : ceiling.first
        matched += Math.min(count, byOthers)
      }
      logPrecisions[sample] = (logPrecisions[sample] ?? 0) + Math.log(matched / total) / orders.length
    })
  }
  const scores = texts.map((text, sample) => Math.exp(logPrecisions[sample] ?? 0) * brevityPenalty(text.length, nearestLength(texts, sample)))
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** Of each n-gram the highest count in any sample, whose it is, and the highest among the rest: one pass instead of one for each pair. */
function twoHighest(counts: readonly Map<string, number>[]): Map<string, { first: number; second: number; holder: number }> {
  const highest = new Map<string, { first: number; second: number; holder: number }>()
  counts.forEach((own, sample) => {
    for (const [gram, count] of own) {
      const known = highest.get(gram)
      if (!known) highest.set(gram, { first: count, second: 0, holder: sample })
      else if (count > known.first) highest.set(gram, { first: count, second: known.first, holder: sample })
      else if (count > known.second) known.second = count
    }
  })
  return highest
}

function nearestLength(texts: readonly (readonly string[])[], sample: number): number {
  const length = texts[sample]?.length ?? 0
  const others = texts.filter((_, index) => index !== sample).map((text) => text.length)
  return others.reduce((nearest, other) => (Math.abs(other - length) < Math.abs(nearest - length) ? other : nearest))
}

function brevityPenalty(length: number, reference: number): number {
  return length >= reference ? 1 : Math.exp(1 - reference / length)
}
