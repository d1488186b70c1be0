import type { PoolClient } from 'pg'
import { artifactPath, inHome } from '@/lib/artifacts'
import { copyRows, type CopyValue } from '@/lib/copy'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { openPairs } from '@/lib/pair-formats/open-pairs'
import type { Handler } from '@/lib/queue/attempt'
import { fencedClient } from '@/lib/queue/fenced-client'
import { pairReadingSchema } from '@/lib/stages/pairs/imports'
import { codePoints } from '@/lib/text/counts'
import { registerOf } from '@/lib/text/register'

/** Characters and rows that may wait in memory before they are copied. */
const batchCharacters = 4_000_000
const batchRows = 5_000

/** Reads a file of pairs into pairs to review, in one transaction: a half-read file is never there. */
export const readPairs: Handler = async (attempt) => {
  const file = await db().pairImport.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  // Progress is in KiB: bytes of a file over 2 GiB do not fit the column.
  const total = Math.max(1, Math.ceil(Number(file.bytes) / 1024))
  const onBytes = (bytes: number) => attempt.progress({ done: Math.min(total, Math.ceil(bytes / 1024)), total, phase: 'reading' })
  const asked = pairReadingSchema.nullable().parse(file.asked)
  const opened = await openPairs(inHome(artifactPath.pairImport(file.id)), file.fileName, asked, onBytes)
  const change = { project: file.projectId, topic: 'pairs' as const, id: file.id }
  const counts = await fencedClient({ jobId: attempt.jobId, epoch: attempt.epoch }, change, async (client) => {
    for (const table of ['imported_pair', 'pair_import_rejection', 'pair_decision', 'pair_check']) await client.query(`DELETE FROM ${table} WHERE pair_import_id = $1`, [file.id])
    const pairs = rowsOf(client, 'imported_pair', ['pair_import_id', 'ordinal', 'line', 'premise', 'passage', 'characters', 'novel', 'chapter', 'register', 'role'])
    const rejections = rowsOf(client, 'pair_import_rejection', ['pair_import_id', 'ordinal', 'line', 'code', 'params'])
    let [accepted, rejected] = [0, 0]
    for await (const outcome of opened.pairs) {
      attempt.signal.throwIfAborted()
      if (outcome.ok) {
        const { premise, passage, split, novel, chapter } = outcome.pair
        await pairs.add([file.id, accepted++, outcome.line, premise, passage, codePoints(passage), novel, chapter, registerOf(passage).register, split ?? 'drawn'], passage.length)
      } else await rejections.add([file.id, rejected++, outcome.line, outcome.code, JSON.stringify(outcome.params)], 100)
    }
    await pairs.flush()
    await rejections.flush()
    await client.query('UPDATE pair_import SET format = $2, encoding = $3, accepted = $4, rejected = $5, pairs_checked = NULL WHERE id = $1', [file.id, opened.format(), opened.encoding, accepted, rejected])
    return { accepted, rejected }
  })
  // Said after the commit: the reasons stay, line by line.
  if (counts.accepted === 0) throw new MolianError('pairs.nothing-accepted', { file: file.fileName, rejected: counts.rejected })
  return counts
}

function rowsOf(client: PoolClient, table: string, columns: readonly string[]) {
  let waiting: CopyValue[][] = []
  let characters = 0
  const flush = async () => {
    const rows = waiting
    waiting = []
    characters = 0
    if (rows.length > 0) await copyRows(client, table, columns, rows)
  }
  return {
    flush,
    async add(row: CopyValue[], size: number) {
      waiting.push(row)
      characters += size
      if (characters >= batchCharacters || waiting.length >= batchRows) await flush()
    },
  }
}
