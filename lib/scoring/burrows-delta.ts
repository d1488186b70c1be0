/** How often each character occurs in a text, in its share of all Han characters. */
export type CharacterProfile = ReadonlyMap<string, number>

/** Function words of more than one character whose use tells authors apart as much as the commonest characters do. */
const functionWords = '没有 自己 什么 这样 那样 怎么 因为 所以 但是 可是 然而 于是 已经 忽然 仿佛 似乎 不过 只是 便是 却是'.split(' ')

/** What texts are measured on: the commonest features of the reference texts, with their mean share there and its standard deviation. */
export type StyleSpace = { features: string[]; means: number[]; deviations: number[] }

/** A text's shares of its Han characters and of the function words. */
export function characterProfile(text: string): CharacterProfile {
  const counts = new Map<string, number>()
  let total = 0
  for (const character of text.match(/\p{Script=Han}/gu) ?? []) {
    counts.set(character, (counts.get(character) ?? 0) + 1)
    total += 1
  }
  for (const word of functionWords) counts.set(word, text.split(word).length - 1)
  return new Map([...counts].map(([feature, count]) => [feature, total === 0 ? 0 : count / total]))
}

/**
 * The space of Burrows's Delta (Burrows 2002, Literary and Linguistic Computing 17:267): the `most` features with the highest mean share
 * over the reference texts. A feature that is the same in all of them tells nothing and is left out.
 */
export function styleSpace(references: readonly CharacterProfile[], most = 150): StyleSpace {
  const names = new Set(references.flatMap((profile) => [...profile.keys()]))
  const figures = [...names].map((feature) => {
    const shares = references.map((profile) => profile.get(feature) ?? 0)
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / Math.max(1, shares.length - 1)
    return { feature, mean, deviation: Math.sqrt(variance) }
  })
  const chosen = figures.filter(({ deviation }) => deviation > 0).toSorted((one, other) => other.mean - one.mean || (one.feature < other.feature ? -1 : 1)).slice(0, most)
  return { features: chosen.map(({ feature }) => feature), means: chosen.map(({ mean }) => mean), deviations: chosen.map(({ deviation }) => deviation) }
}

/** Where a text stands in the space: its share of each feature in standard deviations from the references' mean. */
export function styleScores(profile: CharacterProfile, { features, means, deviations }: StyleSpace): number[] {
  return features.map((feature, index) => ((profile.get(feature) ?? 0) - (means[index] ?? 0)) / (deviations[index] ?? 1))
}

/** Burrows's Delta of two texts: the mean difference of their scores. The smaller, the more alike their style. */
export function burrowsDelta(one: readonly number[], other: readonly number[]): number {
  if (one.length !== other.length || one.length === 0) throw new RangeError('Delta is between two places in one space')
  return one.reduce((sum, score, index) => sum + Math.abs(score - (other[index] ?? 0)), 0) / one.length
}
