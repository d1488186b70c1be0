import type { PoolClient } from 'pg'

type Told = { fileOrdinal: number; title: string; sha256: string }

/** The novels of an upload's earlier reading, which stay where this one reads the same. */
export type EarlierNovels = {
  /** Whether one of the same file, title and words is there; it then gets this ordinal. Each is kept once. */
  keep(told: Told, ordinal: number): boolean
  flush(client: PoolClient): Promise<void>
  /** Remembers what was kept; what it gives goes back to there. Nothing may wait then. */
  mark(): () => void
  /** Deletes those that were not kept. */
  dropOthers(client: PoolClient): Promise<void>
}

/** Takes the earlier novels' ordinals away, so that those of this reading have room beside them. */
export async function earlierNovels(client: PoolClient, uploadId: string): Promise<EarlierNovels> {
  const { rows } = await client.query<{ id: number; file_ordinal: number; title: string; sha256: string }>(
    'UPDATE novel SET ordinal = -1 - ordinal WHERE upload_id = $1 AND ordinal >= 0 RETURNING id, file_ordinal, title, sha256',
    [uploadId],
  )
  const free = new Map<string, number[]>()
  for (const { id, file_ordinal: fileOrdinal, title, sha256 } of rows) {
    const key = keyOf({ fileOrdinal, title, sha256 })
    free.set(key, [...(free.get(key) ?? []), id])
  }
  const kept: { id: number; key: string; ordinal: number }[] = []
  let written = 0
  return {
    keep(told, ordinal) {
      if (free.size === 0) return false
      const key = keyOf(told)
      const id = free.get(key)?.shift()
      if (id !== undefined) kept.push({ id, key, ordinal })
      return id !== undefined
    },
    async flush(on) {
      const batch = kept.slice(written)
      written = kept.length
      if (batch.length === 0) return
      await on.query('UPDATE novel n SET ordinal = v.ordinal FROM unnest($1::int[], $2::int[]) v(id, ordinal) WHERE n.id = v.id', [
        batch.map(({ id }) => id),
        batch.map(({ ordinal }) => ordinal),
      ])
    },
    mark() {
      const before = kept.length
      return () => {
        for (const { id, key } of kept.splice(before)) free.get(key)?.push(id)
        written = kept.length
      }
    },
    async dropOthers(on) {
      await on.query('DELETE FROM novel WHERE upload_id = $1 AND ordinal < 0', [uploadId])
    },
  }
}

function keyOf({ fileOrdinal, title, sha256 }: Told): string {
  return `${fileOrdinal} ${sha256} ${title}`
}
