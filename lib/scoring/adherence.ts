const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** Two-character words that a premise says about any story and that no story need repeat. */
const functionWords = new Set('一个 一位 一名 一场 一段 一次 一种 一些 这个 那个 他们 她们 我们 你们 它们 自己 因为 所以 但是 然而 如果 虽然 以及 并且 为了 由于 关于 之间 之后 之前 之中 其中 以后 以前 当中 同时 最终 最后 终于 开始 已经 正在 可以 能够 必须 需要 什么 怎么 如何 为何 没有 不是 就是 还是 或者 以为 成为 作为 通过 故事 小说 讲述 描写 写出 创作'.split(' '))

/** How far a story keeps to its premise: the share, 0 to 1, of the premise's words that occur in it, and which do not. */
export type Adherence = { share: number; missing: string[] }

/**
 * The premise's content words (two or more characters, as Unicode's dictionary segmentation finds them, function words left out) looked
 * for in the story. null where the premise has no such word.
 */
export function adherence(story: string, premise: string): Adherence | null {
  const keywords = keywordsOf(premise)
  if (keywords.length === 0) return null
  const missing = keywords.filter((keyword) => !story.includes(keyword))
  return { share: 1 - missing.length / keywords.length, missing }
}

/** A premise's content words, each once, in their order. */
export function keywordsOf(premise: string): string[] {
  const found = new Set<string>()
  for (const { segment, isWordLike } of words.segment(premise)) {
    if (isWordLike && [...segment].length >= 2 && !functionWords.has(segment)) found.add(segment)
  }
  return [...found]
}
