import type { Tx } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'

type Numbered = 'duplicate_search' | 'passage_set' | 'premise_run' | 'premise_trial' | 'pair_import' | 'dataset_version' | 'training_run' | 'story_run' | 'play' | 'submission' | 'vote_round' | 'judge_run'

/** The next number of a project's runs of one kind ("run 3"). The project's row is locked so that two starts do not get the same. */
export async function nextOrdinal(tx: Tx, table: Numbered, projectId: string): Promise<number> {
  await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR UPDATE`
  const rows = await tx.$queryRaw<{ next: number }[]>`
    SELECT coalesce(max(ordinal), 0)::int + 1 AS next FROM ${Prisma.raw(table)} WHERE project_id = ${projectId}::uuid`
  return rows[0]?.next ?? 1
}
