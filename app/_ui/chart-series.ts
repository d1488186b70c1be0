export type Point = { step: number; value: number }

/** Running exponential mean, corrected for its start, as training curves are smoothed; `weight` in [0, 1). */
export function smoothed(points: readonly Point[], weight: number): Point[] {
  let sum = 0
  let share = 0
  return points.map(({ step, value }) => {
    sum = weight * sum + (1 - weight) * value
    share = weight * share + (1 - weight)
    return { step, value: sum / share }
  })
}

/**
 * At most `limit` points that keep the curve's outline: of each stretch of steps
 * its lowest and its highest point, and always the first and the last.
 */
export function thinned(points: readonly Point[], limit: number): Point[] {
  if (points.length <= limit) return [...points]
  const stretches = Math.max(1, Math.floor((limit - 2) / 2))
  const inner = points.slice(1, -1)
  const size = inner.length / stretches
  const kept: Point[] = points.slice(0, 1)
  for (let at = 0; at < stretches; at++) {
    const part = inner.slice(Math.floor(at * size), Math.floor((at + 1) * size))
    const first = part[0]
    if (!first) continue
    let [low, high] = [first, first]
    for (const point of part) {
      if (point.value < low.value) low = point
      if (point.value > high.value) high = point
    }
    kept.push(...(low === high ? [low] : low.step < high.step ? [low, high] : [high, low]))
  }
  const last = points.at(-1)
  return last ? [...kept, last] : kept
}
