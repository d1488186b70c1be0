import { db, type Tx } from '@/lib/db'

/** A print of all of a run's stories: another one when any of them has changed. */
export async function storiesPrint(storyRunId: string, tx: Tx = db()): Promise<string> {
  const [row] = await tx.$queryRaw<{ print: string | null }[]>`
    SELECT md5(string_agg(md5(text), '' ORDER BY test_row_id)) AS print FROM story WHERE story_run_id = ${storyRunId}::uuid`
  return row?.print ?? ''
}
