/** Which way is better; `neither`: a trait, not a merit. `share` is 0 to 1 and shown in percent. */
type Kind = { better: 'more' | 'less' | 'neither'; unit: 'characters' | 'points' | 'share' | 'yes' | 'times' }

/** Every measure of one story: how to read it. One that cannot be said of a story is null in its record. */
export const measureKinds = {
  length: { better: 'neither', unit: 'characters' },
  lengthScore: { better: 'more', unit: 'points' },
  repetition: { better: 'less', unit: 'share' },
  repeatedClauseLength: { better: 'less', unit: 'characters' },
  repeatedClauseCount: { better: 'less', unit: 'times' },
  distinct: { better: 'more', unit: 'share' },
  finished: { better: 'more', unit: 'yes' },
  endsWell: { better: 'more', unit: 'yes' },
  echo: { better: 'less', unit: 'share' },
  foreign: { better: 'less', unit: 'share' },
  garbage: { better: 'less', unit: 'share' },
  copied: { better: 'less', unit: 'share' },
  longestCopied: { better: 'less', unit: 'characters' },
  adherence: { better: 'more', unit: 'share' },
  sentence: { better: 'neither', unit: 'characters' },
  clause: { better: 'neither', unit: 'characters' },
  dialogue: { better: 'neither', unit: 'share' },
} as const satisfies Record<string, Kind>

export type Measure = keyof typeof measureKinds

export const measureNames = Object.keys(measureKinds) as [Measure, ...Measure[]]
