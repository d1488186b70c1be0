import { setImmediate as letOthers } from 'node:timers/promises'
import { copyRows, type CopyValue } from '@/lib/copy'
import { pool } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Attempt } from '@/lib/queue/attempt'
import { fencedClient } from '@/lib/queue/fenced-client'
import { type CheckResult, checkStamp } from '@/lib/stages/pairs/checks'
import { pairRows, pairTable } from '@/lib/stages/pairs/rows'
import type { PairSource } from '@/lib/stages/pairs/source'
import { testPremises } from '@/lib/stages/stories/test-files'
import { alikeTexts } from '@/lib/text/alike-texts'
import { leakFinder } from '@/lib/text/leaks'
import { passageGroups } from '@/gpu-worker/stages/check-pairs/passage-groups'

type Pair = { id: number; place: number; premise: string }

/** Finds the groups and leaks of a source's pairs and writes them on its rows, all at once; returns how many there are. */
export async function markPairs(attempt: Attempt, projectId: string, source: PairSource): Promise<CheckResult> {
  const stamp = await checkStamp(projectId, source)
  const { text, values } = Prisma.sql`SELECT pair.id, pair.place, pair.premise FROM ${pairRows(source)} ORDER BY pair.place`
  const { rows: pairs } = await pool().query<Pair>(text, values)
  const total = pairs.length * 2
  const premises = await premiseGroups(attempt, pairs, total)
  const passages = await passageGroups(attempt, projectId, source, pairs, (done) => attempt.progress({ done: pairs.length + done, total, phase: 'comparing' }))
  const find = leakFinder((await testPremises(projectId)).map((premise) => ({ premise })))
  const leaks = pairs.map(({ premise }) => find(premise)?.test.premise ?? null)

  const groups = (values: Iterable<number | null>) => new Set([...values].filter((group) => group !== null)).size
  const found = { pairs: pairs.length, premiseGroups: groups(premises), passageGroups: groups(passages.values()), leaks: leaks.filter((leak) => leak !== null).length, stamp }

  const marked: CopyValue[][] = pairs.flatMap(({ id }, at) => {
    const marks = [premises[at] ?? null, passages.get(id) ?? null, leaks[at] ?? null]
    return marks.some((mark) => mark !== null) ? [[id, ...marks]] : []
  })
  await fencedClient({ jobId: attempt.jobId, epoch: attempt.epoch }, { project: projectId, topic: 'pairs', id: source.id }, async (client) => {
    await client.query('CREATE TEMP TABLE mark (id int PRIMARY KEY, premise_group int, passage_group int, leak_of text) ON COMMIT DROP')
    await copyRows(client, 'mark', ['id', 'premise_group', 'passage_group', 'leak_of'], marked)
    const update = Prisma.sql`
      UPDATE ${pairTable(source)} t SET premise_group = m.premise_group, passage_group = m.passage_group, leak_of = m.leak_of
      FROM ${pairRows(source)} LEFT JOIN mark m ON m.id = pair.id WHERE t.id = pair.id
        AND (t.premise_group, t.passage_group, t.leak_of) IS DISTINCT FROM (m.premise_group, m.passage_group, m.leak_of)`
    await client.query(update.text, update.values)
    await client.query(`UPDATE ${source.kind === 'run' ? 'premise_run' : 'pair_import'} SET pairs_checked = $2 WHERE id = $1`, [source.id, JSON.stringify(found)])
  })
  return found
}

/** For every pair the id of the first one of its group, or null. */
async function premiseGroups(attempt: Attempt, pairs: readonly Pair[], total: number): Promise<(number | null)[]> {
  const work = alikeTexts(pairs.map(({ premise }) => premise))
  for (;;) {
    const step = work.next()
    if (step.done) return [...step.value].map((first) => (first < 0 ? null : (pairs[first]?.id ?? null)))
    attempt.signal.throwIfAborted()
    attempt.progress({ done: step.value, total, phase: 'comparing' })
    await letOthers()
  }
}
