/** The steps that a chart shows, both taken in. */
export type Range = { from: number; to: number }

/** The range half as wide (or twice, `by` 2) around its middle, within `whole`; null where that is all there is. */
export function zoomed(shown: Range, whole: Range, by: number): Range | null {
  const middle = (shown.from + shown.to) / 2
  const half = Math.max(1, ((shown.to - shown.from) * by) / 2)
  return within({ from: Math.round(middle - half), to: Math.round(middle + half) }, whole)
}

/** The range moved by a share of its width, no further than `whole` goes. */
export function moved(shown: Range, whole: Range, share: number): Range | null {
  const wanted = Math.round((shown.to - shown.from) * share)
  const by = Math.max(whole.from - shown.from, Math.min(whole.to - shown.to, wanted))
  return within({ from: shown.from + by, to: shown.to + by }, whole)
}

/** What of a range is there; null where it is everything or nothing. */
export function within(range: Range, whole: Range): Range | null {
  const cut = { from: Math.max(whole.from, range.from), to: Math.min(whole.to, range.to) }
  return cut.to <= cut.from || (cut.from === whole.from && cut.to === whole.to) ? null : cut
}

/** As it stands in an address: `120-480`; null for what says no range. */
export function readRange(text: string | null): Range | null {
  const [, from, to] = /^(\d{1,9})-(\d{1,9})$/.exec(text ?? '') ?? []
  if (from === undefined || to === undefined || Number(to) <= Number(from)) return null
  return { from: Number(from), to: Number(to) }
}
