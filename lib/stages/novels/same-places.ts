/** Where chapters of an earlier reading stand in this one. Places are ordinals as read, with fractions for what was split off. */
export type SamePlaces = {
  /** Undefined where this reading has no such chapter. */
  of(place: number): number | undefined
  /** A split has made this place, there and here. */
  add(place: number, here: number): void
}

/** Chapters by their order, where there are as many as before; else by their headings, those that are there once in both. */
export function samePlaces(before: readonly string[], now: readonly string[]): SamePlaces {
  const known = new Map<number, number>()
  if (before.length === now.length) for (const at of before.keys()) known.set(at, at)
  else {
    for (const [at, heading] of before.entries()) {
      const here = now.indexOf(heading)
      const isOnce = here !== -1 && now.lastIndexOf(heading) === here && before.indexOf(heading) === at && before.lastIndexOf(heading) === at
      if (isOnce) known.set(at, here)
    }
  }
  return { of: (place) => known.get(place), add: (place, here) => void known.set(place, here) }
}
