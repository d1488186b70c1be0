import { shuffled } from '@/lib/draw'

/**
 * At most `limit` of the passages, in their order, by the seed's own numbers: every one of every chapter is as likely as
 * any other. Where that gives fewer ends of chapters than the share `endings`, others make way for further ends, as
 * long as there are any.
 */
export function drawPassages<T extends { ending: boolean }>(passages: readonly T[], { limit, seed, endings }: { limit: number | null; seed: number; endings: number }): T[] {
  if (limit === null || passages.length <= limit) return [...passages]
  const order = shuffled([...passages.keys()], seed)
  const chosen = new Set(order.slice(0, limit))
  const isEnding = (index: number) => passages[index]?.ending === true
  let missing = Math.ceil(limit * endings) - order.slice(0, limit).filter(isEnding).length
  const spare = order.slice(limit).filter(isEnding)
  for (let at = limit - 1; at >= 0 && missing > 0 && spare.length > 0; at -= 1) {
    const [leaving, coming] = [order[at], spare[0]]
    if (leaving === undefined || coming === undefined || isEnding(leaving)) continue
    spare.shift()
    chosen.delete(leaving)
    chosen.add(coming)
    missing -= 1
  }
  return passages.filter((_, index) => chosen.has(index))
}
