import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Measurement } from '@/bench/support/measurement'
import { median } from '@/bench/support/median'
import { startTemporaryPostgres } from '@/bin/services/temporary-postgres.mjs'
import { applyMigrations } from '@/bin/setup/migrations.mjs'
import { copyRows } from '@/lib/copy'
import { closeDb, db, pool } from '@/lib/db'
import { insertJob } from '@/lib/queue/enqueue'

const rows = 20_000
const rounds = 5
/** The most that a statement's 65,535 parameters leave room for, with a passage's columns. */
const ofStatement = 5_000

/**
 * Putting 20,000 passages into their table, as the worker does it (COPY) and with Prisma's createMany, in turns on the same
 * PostgreSQL; rows a second, medians. Both sides in one transaction, with the table's indexes and foreign keys.
 */
export async function measure(): Promise<Measurement> {
  const home = await mkdtemp(path.join(tmpdir(), 'molian-bench-insert-'))
  const postgres = await startTemporaryPostgres()
  Object.assign(process.env, { MOLIAN_HOME: home, DATABASE_URL: postgres.url, REDIS_URL: 'redis://unused.invalid' })
  try {
    await applyMigrations(postgres.url)
    const { passageSetId, chapterId } = await makePlace()
    const sides = { ours: () => byCopy(passageSetId, chapterId), baseline: () => byCreateMany(passageSetId, chapterId) }
    const seconds: Record<keyof typeof sides, number[]> = { ours: [], baseline: [] }
    for (let round = -1; round < rounds; round += 1) {
      for (const side of ['baseline', 'ours'] as const) {
        await pool().query('TRUNCATE passage CASCADE')
        const started = performance.now()
        await sides[side]()
        // The first round warms both sides up.
        if (round >= 0) seconds[side].push((performance.now() - started) / 1000)
      }
    }
    const [ours, baseline] = [rows / median(seconds.ours), rows / median(seconds.baseline)]
    return { ours, baseline, ratio: ours / baseline, unit: 'rows/s', rows }
  } finally {
    await closeDb()
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
}

async function makePlace(): Promise<{ passageSetId: string; chapterId: number }> {
  const { id: projectId } = await db().project.create({ data: { name: 'bench' } })
  const upload = await db().upload.create({ data: { projectId, kind: 'novels', fileName: 'bench.json', state: 'ready' } })
  const novel = await db().novel.create({ data: { projectId, uploadId: upload.id, ordinal: 0, title: '书', characters: rows * 400, sha256: 'bench' } })
  const chapter = await db().chapter.create({
    data: { novelId: novel.id, ordinal: 0, place: 0, heading: '第一章', headingEvidence: 'heading', text: '雪', characters: rows * 400, measuredRegister: 'modern', functionDensity: 80, clauseLength: 8 },
  })
  const job = await db().$transaction((tx) => insertJob(tx, { name: 'cut-passages', projectId, subjectId: upload.id, idempotencyKey: 'bench' }))
  const set = await db().passageSet.create({ data: { projectId, ordinal: 1, settings: {}, jobId: job.id } })
  return { passageSetId: set.id, chapterId: chapter.id }
}

function* places(): Generator<{ ordinal: number; start: number; end: number; midParagraph: boolean }> {
  for (let ordinal = 0; ordinal < rows; ordinal += 1) yield { ordinal, start: ordinal * 400, end: ordinal * 400 + 397, midParagraph: ordinal % 7 === 0 }
}

async function byCopy(passageSetId: string, chapterId: number): Promise<void> {
  const client = await pool().connect()
  try {
    const all = [...places()].map(({ ordinal, start, end, midParagraph }) => [passageSetId, chapterId, ordinal, start, end, midParagraph])
    await copyRows(client, 'passage', ['passage_set_id', 'chapter_id', 'ordinal', 'start_at', 'end_at', 'mid_paragraph'], all)
  } finally {
    client.release()
  }
}

async function byCreateMany(passageSetId: string, chapterId: number): Promise<void> {
  const all = [...places()].map((place) => ({ passageSetId, chapterId, ...place }))
  await db().$transaction(async (tx) => {
    for (let at = 0; at < all.length; at += ofStatement) await tx.passage.createMany({ data: all.slice(at, at + ofStatement) })
  })
}
