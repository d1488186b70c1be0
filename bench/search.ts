import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Measurement } from '@/bench/support/measurement'
import { median } from '@/bench/support/median'
import { sampleNovels } from '@/bench/support/sample-novels'
import { startTemporaryPostgres } from '@/bin/services/temporary-postgres.mjs'
import { applyMigrations } from '@/bin/setup/migrations.mjs'
import { copyRows, takeIds } from '@/lib/copy'
import { closeDb, db, pool } from '@/lib/db'
import { drawer } from '@/lib/draw'
import { searchLibrary } from '@/lib/stages/search/search'
import { indexChapters } from '@/lib/stages/search/search-index'
import { codePoints } from '@/lib/text/counts'
import { readQuery } from '@/lib/text/search-query'

const BYTES = 50 * 1024 * 1024
const CHAPTER = 6_000
const NOVELS = 40
const ROUNDS = 5
const PAGE = { take: 10, skip: 0 }

/** From what is in every chapter to what is nowhere: one character, words of two, phrases, two terms, and a word that is not there. */
const queries = ['人', '自己', '母亲', '闰土', '不知道', '大约半夜', '我们的时候', '革命 银子', '“他想，”', '乾隆皇帝']

/**
 * Searching 50 MB of text on a real PostgreSQL: every query as the page asks it, with its counts, its first page and what
 * is around each place. `ours` is the median of all answers and `slowestMs` the slowest query's median; the baseline
 * counts the chapters with LIKE and reads the first ten. Both have the texts in memory.
 */
export async function measure(): Promise<Measurement> {
  const folder = await mkdtemp(path.join(tmpdir(), 'molian-bench-'))
  const postgres = await startTemporaryPostgres()
  Object.assign(process.env, { MOLIAN_HOME: path.join(folder, 'home'), DATABASE_URL: postgres.url, REDIS_URL: 'redis://unused.invalid' })
  try {
    await applyMigrations(postgres.url)
    const projectId = await makeLibrary()
    const started = performance.now()
    await indexChapters(new AbortController().signal)
    const indexSeconds = (performance.now() - started) / 1000
    await pool().query('VACUUM ANALYZE')
    const ours = new Map<string, number[]>()
    const baseline: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const text of queries) {
        ours.set(text, [...(ours.get(text) ?? []), await milliseconds(() => ask(projectId, text))])
        baseline.push(await milliseconds(() => askWithLike(projectId, text)))
      }
    }
    const medians = [...ours].map(([text, times]) => ({ text, ms: median(times) })).sort((a, b) => b.ms - a.ms)
    const sizes = await pool().query<{ table: string; index: string }>(`SELECT pg_table_size('search_block') AS table, pg_indexes_size('search_block') AS index`)
    return {
      ours: median([...ours.values()].flat()),
      baseline: median(baseline),
      ratio: median(baseline) / median([...ours.values()].flat()),
      unit: 'ms',
      slowestMs: medians[0]?.ms ?? Number.NaN,
      slowest: medians[0]?.text ?? '',
      fastestMs: medians.at(-1)?.ms ?? Number.NaN,
      indexSeconds,
      blocksMB: Number(sizes.rows[0]?.table) / 1e6,
      indexMB: Number(sizes.rows[0]?.index) / 1e6,
      chaptersWithSlowest: await ask(projectId, medians[0]?.text ?? ''),
    }
  } finally {
    await closeDb()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Chapters of sentences of the samples in an order of their own, in forty novels. */
async function makeLibrary(): Promise<string> {
  const draw = drawer(3)
  const sentences = sampleNovels().flatMap(({ text }) => text.split(/(?<=[。！？\n])/)).filter((sentence) => sentence.trim() !== '')
  const project = await db().project.create({ data: { name: 'bench' } })
  const upload = await db().upload.create({ data: { projectId: project.id, kind: 'novels', fileName: 'novels.json', state: 'ready', bytes: BYTES, sha256: randomUUID() } })
  const client = await pool().connect()
  try {
    const ids = await takeIds(client, 'novel', NOVELS)
    await copyRows(client, 'novel', ['id', 'project_id', 'upload_id', 'ordinal', 'title', 'characters', 'sha256'], ids.map((id, at) => [id, project.id, upload.id, at, `书${at + 1}`, 0, String(at)]))
    await copyRows(client, 'chapter', ['novel_id', 'ordinal', 'place', 'heading', 'heading_evidence', 'text', 'characters', 'measured_register', 'function_density', 'clause_length'], chapters())
  } finally {
    client.release()
  }
  return project.id

  function* chapters() {
    let at = 0
    for (let bytes = 0; bytes < BYTES; at += 1) {
      let text = ''
      while (text.length < CHAPTER) text += sentences[Math.floor(draw() * sentences.length)] ?? ''
      bytes += Buffer.byteLength(text)
      yield [ids(at), Math.floor(at / NOVELS), Math.floor(at / NOVELS), `第${at}章`, 'bench', text, codePoints(text), 'modern', 1, 1]
    }
  }

  function ids(at: number): number {
    return (at % NOVELS) + 1
  }
}

/** As the page asks; the number of chapters found. */
async function ask(projectId: string, text: string): Promise<number> {
  const query = readQuery(text)
  if (!query) throw new Error(`Nothing to look for in ${text}`)
  return (await searchLibrary(projectId, query, {}, PAGE)).chapters
}

async function askWithLike(projectId: string, text: string): Promise<number> {
  const terms = text.replaceAll(/[“”]/g, '').split(' ').map((term) => `%${term}%`)
  const { rows } = await pool().query<{ id: number; text: string | null }>(
    `SELECT c.id, CASE WHEN row_number() OVER (ORDER BY c.novel_id, c.ordinal) <= 10 THEN c.text END AS text
    FROM chapter c JOIN novel n ON n.id = c.novel_id WHERE n.project_id = $1 AND c.active AND c.text LIKE ALL($2) ORDER BY c.novel_id, c.ordinal`,
    [projectId, terms],
  )
  return rows.length
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
