/** What the worker calls the parts of its jobs; each has a word in the messages. */
export const phases = ['reading', 'cutting', 'starting-engine', 'writing', 'checking', 'freezing', 'reading-pairs', 'loading-model', 'training', 'merging', 'saving'] as const

export type Phase = (typeof phases)[number]

export function isPhase(phase: string | null): phase is Phase {
  return phases.some((known) => known === phase)
}
