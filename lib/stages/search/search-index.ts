import type { PoolClient } from 'pg'
import { copyRows, type CopyValue } from '@/lib/copy'
import { db } from '@/lib/db'
import { channel, type Change } from '@/lib/events'
import { withClient } from '@/lib/pooled-client'
import { searchBlocks } from '@/lib/text/search-grams'

/** Characters of the chapters that are indexed in one transaction; a longer chapter has one for itself. */
const batchCharacters = 400_000

/** One process at a time keeps the index: the number is this lock's alone. */
const lock = 0x6d6f6c_01

type Unindexed = { id: number; novelId: number; projectId: string; characters: number }

/**
 * Makes the search blocks of every active chapter that has none, the oldest first, until there are none or the signal
 * aborts; returns how many chapters it did. Nothing while another process is at it. What is committed stays: the next
 * call goes on from there.
 */
export async function indexChapters(signal: AbortSignal): Promise<number> {
  if ((await unindexed()).length === 0) return 0
  return withClient(async (client) => {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lock])
    if (!rows[0]?.held) return 0
    try {
      return await indexAll(client, signal)
    } finally {
      // With a lost connection its lock is gone too.
      await client.query('SELECT pg_advisory_unlock($1)', [lock]).catch(() => {})
    }
  })
}

/** How many of a project's active chapters cannot be found yet. */
export async function countUnindexed(projectId: string): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM chapter c JOIN novel n ON n.id = c.novel_id JOIN upload u ON u.id = n.upload_id AND u.state = 'ready'
    WHERE n.project_id = ${projectId}::uuid AND NOT c.indexed AND c.active`
  return rows[0]?.count ?? 0
}

async function indexAll(client: PoolClient, signal: AbortSignal): Promise<number> {
  let done = 0
  for (let batch = await unindexed(); batch.length > 0 && !signal.aborted; batch = await unindexed()) {
    await indexBatch(client, batch)
    done += batch.length
  }
  // New entries wait in a list that every search would have to read through.
  await client.query(`SELECT gin_clean_pending_list('search_block_grams_idx')`)
  return done
}

async function unindexed(): Promise<Unindexed[]> {
  const rows = await db().$queryRaw<Unindexed[]>`
    SELECT c.id, c.novel_id AS "novelId", n.project_id::text AS "projectId", c.characters FROM chapter c
    JOIN novel n ON n.id = c.novel_id JOIN upload u ON u.id = n.upload_id AND u.state = 'ready'
    WHERE NOT c.indexed AND c.active ORDER BY c.id LIMIT 200`
  let characters = 0
  return rows.filter(({ characters: own }, at) => {
    characters += own
    return at === 0 || characters <= batchCharacters
  })
}

async function indexBatch(client: PoolClient, chapters: readonly Unindexed[]): Promise<void> {
  await client.query('BEGIN')
  try {
    // Locked, so that none is deleted or changed meanwhile; one that is gone already is passed over.
    const { rows } = await client.query<{ id: number; text: string }>('SELECT id, text FROM chapter WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [chapters.map(({ id }) => id)])
    const texts = new Map(rows.map(({ id, text }) => [id, text]))
    const there = chapters.filter(({ id }) => texts.has(id))
    const ids = there.map(({ id }) => id)
    await client.query('DELETE FROM search_block WHERE chapter_id = ANY($1)', [ids])
    await copyRows(client, 'search_block', ['chapter_id', 'ordinal', 'novel_id', 'project_id', 'start_at', 'end_at', 'text', 'original', 'grams'], blockRows(there, texts))
    await client.query('UPDATE chapter SET indexed = true WHERE id = ANY($1)', [ids])
    for (const project of new Set(there.map(({ projectId }) => projectId))) {
      const change: Change = { project, topic: 'search', id: project }
      await client.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify(change)])
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

function* blockRows(chapters: readonly Unindexed[], texts: ReadonlyMap<number, string>): Generator<CopyValue[]> {
  for (const { id, novelId, projectId } of chapters) {
    let ordinal = 0
    for (const { start, end, text, original, grams } of searchBlocks(texts.get(id) ?? '')) {
      yield [id, ordinal, novelId, projectId, start, end, text, original, `{${grams.join(',')}}`]
      ordinal += 1
    }
  }
}
