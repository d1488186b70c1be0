import type { PairCheckStanding } from '@/lib/stages/pairs/checks'

/** What a source's check says of its pairs: everything, nothing yet, no longer everything, or more in a moment. */
export type CheckState = 'current' | 'missing' | 'stale' | 'checking'

/** The state of a source's check; a failed one says nothing, and what was found before it stays found. */
export function checkStateOf({ newest, found, isStale }: Pick<PairCheckStanding, 'found' | 'isStale'> & { newest: { job: { state: string } } | null }): CheckState {
  if (found !== null && !isStale) return 'current'
  if (newest?.job.state === 'queued' || newest?.job.state === 'running') return 'checking'
  return found === null ? 'missing' : 'stale'
}
