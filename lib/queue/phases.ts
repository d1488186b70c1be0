/** The parts a job goes through, as its row names the present one; each has a word in the messages. The trainer emits the same ids. */
export const phases = ['reading', 'comparing', 'revising', 'cutting', 'starting-engine', 'serving', 'writing', 'scoring', 'judging', 'measuring', 'checking', 'freezing', 'counting', 'reading-pairs', 'listing-files', 'downloading', 'copying', 'loading-model', 'training', 'validating', 'silent', 'merging', 'saving'] as const

export type Phase = (typeof phases)[number]

export function isPhase(phase: string | null): phase is Phase {
  return phases.some((known) => known === phase)
}
