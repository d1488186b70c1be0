/** A length of time as a clock shows it: 8:02, 1:20:09. Negative or unknown lengths are a dash. */
export function clock(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined || !Number.isFinite(milliseconds) || milliseconds < 0) return '–'
  const seconds = Math.round(milliseconds / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** What is left if the rest goes as fast as what was done, in milliseconds; null while nothing is done. */
export function remaining(done: number, total: number, elapsed: number): number | null {
  return done > 0 && total > 0 && done <= total ? (elapsed * (total - done)) / done : null
}

/** Bytes in the unit a person would say: 512 B, 3.4 MB, 1.2 GB (powers of 1,000). */
export function byteSize(bytes: number, locale: string): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${value.toLocaleString(locale, { maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1 })} ${units[power]}`
}
