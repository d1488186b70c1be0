/** The places of the best of these figures, where they differ; none where the measure has no better end or all are alike. */
export function winners(figures: readonly (number | null)[], better: 'more' | 'less' | 'neither'): number[] {
  const known = figures.filter((figure) => figure !== null)
  if (better === 'neither' || new Set(known).size < 2) return []
  const best = better === 'more' ? Math.max(...known) : Math.min(...known)
  return figures.flatMap((figure, at) => (figure === best ? [at] : []))
}
