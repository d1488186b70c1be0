import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { makeManyPairs, rareWords } from '@/bench/support/many-pairs'
import type { Measurement } from '@/bench/support/measurement'
import { median } from '@/bench/support/median'
import { startTemporaryPostgres } from '@/bin/services/temporary-postgres.mjs'
import { applyMigrations } from '@/bin/setup/migrations.mjs'
import { closeDb, db } from '@/lib/db'
import { filterOf } from '@/lib/stages/pairs/filter'
import { pairFacets } from '@/lib/stages/pairs/facets'
import { pairMarks, pairPage, pairKey } from '@/lib/stages/pairs/table'
import type { PairSource } from '@/lib/stages/pairs/source'
import { indexChapters } from '@/lib/stages/search/search-index'

const PAIRS = 100_000
const ROUNDS = 9

/** What people look for, from the commonest to one that a single pair answers to. */
const filters = {
  all: '',
  undecided: 'verdict=undecided',
  combined: 'verdict=undecided&register=modern&flaw=none&premiseMin=8&premiseMax=40&scoreMin=3&order=premise-long',
  flawed: 'flaw=copied&edited=no',
  text: 'text=第99998日',
  passageText: `text=${rareWords}`,
  everyPassage: 'text=掌柜的',
} as const

/**
 * A filtered page in the middle of 100,000 pairs, by keyset against the same page by OFFSET with its joins; milliseconds
 * at the server, medians. Besides: every filter's page, what a page of the studio asks with it, one verdict for all that a
 * filter finds and its undoing, and the most memory that all of this, an export and an import take of the process.
 */
export async function measure(): Promise<Measurement> {
  const home = await mkdtemp(path.join(tmpdir(), 'molian-bench-pairs-'))
  const postgres = await startTemporaryPostgres()
  Object.assign(process.env, { MOLIAN_HOME: home, DATABASE_URL: postgres.url, REDIS_URL: 'redis://unused.invalid' })
  try {
    await applyMigrations(postgres.url)
    const { premiseRunId } = await makeManyPairs(PAIRS)
    await indexChapters(new AbortController().signal)
    const source: PairSource = { kind: 'run', id: premiseRunId }
    const figures: Record<string, number> = {}
    let [ours, baseline, slowest] = [0, 0, 0]
    for (const [name, query] of Object.entries(filters)) {
      const filter = filterOf(new URLSearchParams(query))
      const { marks } = await pairMarks(source, filter)
      const mark = marks[Math.floor(marks.length / 2)]
      const after = mark === undefined ? null : pairKey.parse(mark)
      const skip = mark === undefined ? 0 : (Math.floor(marks.length / 2) + 1) * 100
      const page = await timed(() => pairPage(source, filter, after))
      const offset = name === 'all' ? await timed(() => byOffset(premiseRunId, skip)) : null
      figures[`${name}Ms`] = page
      figures[`${name}MarksMs`] = await timed(() => pairMarks(source, filter))
      slowest = Math.max(slowest, page)
      if (offset !== null) [ours, baseline] = [page, offset]
    }
    figures.facetsMs = await timed(() => pairFacets(source, null))
    Object.assign(figures, await trafficApart(premiseRunId))
    return { ours, baseline, ratio: baseline / ours, unit: 'ms', slowestPageMs: slowest, ...figures }
  } finally {
    await closeDb()
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  }
}

/** The figures of bench/support/pair-traffic.ts, from a process of its own, whose memory is that of its work alone. */
function trafficApart(premiseRunId: string): Promise<Record<string, number>> {
  const child = fork(path.join(import.meta.dirname, 'support/pair-traffic.ts'), [premiseRunId], { execArgv: ['--import', import.meta.resolve('tsx')], stdio: ['ignore', process.stderr, process.stderr, 'ipc'] })
  return new Promise((resolve, reject) => {
    child.on('message', (message) => resolve(z.record(z.string(), z.number()).parse(message)))
    child.once('close', () => reject(new Error('The traffic came to no end')))
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return median(times)
}

/** The page without keys: ordered through the relation, so many rows skipped. */
async function byOffset(premiseRunId: string, skip: number): Promise<unknown> {
  return db().premise.findMany({ where: { premiseRunId }, orderBy: { passage: { ordinal: 'asc' } }, take: 100, skip, include: { passage: { include: { chapter: { omit: { text: true } } } } } })
}
