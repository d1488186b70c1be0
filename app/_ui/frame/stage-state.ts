import type { StageName } from '@/lib/stages/names'

/** Where a stage stands, as the rail says it: — · 7,412 · 42 % · needs attention. */
export type StageState = { stage: StageName } & (
  | { kind: 'empty' }
  /** `isImported`: pairs that came in files, of which nothing is frozen yet. */
  | { kind: 'count'; count: number; isImported?: boolean }
  | { kind: 'running'; done: number; total: number }
  | { kind: 'attention'; count: number }
)

/** The job that the header shows while it runs. */
export type RunningJob = {
  title: string
  href: string
  done: number
  total: number
  /** Shown as a share, where the counts are bytes. */
  counts?: 'share'
  /** Milliseconds; null while there is no estimate. */
  left: number | null
}

export type ProjectLink = { id: string; name: string }
