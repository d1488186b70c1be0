import { db } from '@/lib/db'
import type { Attempt } from '@/lib/queue/attempt'
import { usualDuplicateSettings } from '@/lib/settings/duplicates'
import { duplicateGroupsOfPassages } from '@/lib/stages/passages/duplicates'
import type { PairSource } from '@/lib/stages/pairs/source'
import { wordUnits } from '@/lib/text/fold'
import { NearDuplicates } from '@/lib/text/near-duplicates'

type Pair = { id: number }

/** Pairs whose passages are read and compared at once. */
const batch = 500

/**
 * For every pair whose passage is nearly another's, the id of the pair of that group that stays: the first one, or the
 * one that a person chose. What the search for duplicates found for the run's passages is taken where there is one, but
 * for groups that a person said are none; else they are compared here.
 */
export async function passageGroups(attempt: Attempt, projectId: string, source: PairSource, pairs: readonly Pair[], onDone: (done: number) => void): Promise<Map<number, number>> {
  const known = source.kind === 'run' ? await knownGroups(projectId, source.id) : null
  if (known) return known
  const finder = new NearDuplicates(usualDuplicateSettings.likeness, async (numbers) => unitsOf(source, numbers.map((number) => pairs[number]?.id ?? 0)))
  for (let from = 0; from < pairs.length; from += batch) {
    attempt.signal.throwIfAborted()
    await finder.add(await unitsOf(source, pairs.slice(from, from + batch).map(({ id }) => id)))
    onDone(Math.min(pairs.length, from + batch))
  }
  const groups = new Map<number, number>()
  for (const { first, repeats } of finder.found()) {
    const id = pairs[first]?.id ?? 0
    for (const text of [first, ...repeats.map((repeat) => repeat.text)]) groups.set(pairs[text]?.id ?? 0, id)
  }
  return groups
}

async function knownGroups(projectId: string, premiseRunId: string): Promise<Map<number, number> | null> {
  const run = await db().premiseRun.findUniqueOrThrow({ where: { id: premiseRunId }, select: { passageSetId: true } })
  const found = await duplicateGroupsOfPassages(projectId, run.passageSetId)
  if (!found) return null
  const alike = found.filter(({ decision }) => decision !== 'all_kept')
  const premises = await db().premise.findMany({
    where: { premiseRunId, passageId: { in: alike.flatMap(({ members }) => members.map(({ passageId }) => passageId)) } },
    select: { id: true, passageId: true },
  })
  const pairOf = new Map(premises.map(({ id, passageId }) => [passageId, id]))
  const groups = new Map<number, number>()
  for (const { members } of alike) {
    // A run over a part of the passages may lack some of a group, or all but one.
    const there = members.flatMap(({ passageId, leftOut }) => {
      const id = pairOf.get(passageId)
      return id === undefined ? [] : [{ id, leftOut }]
    })
    const stays = there.find(({ leftOut }) => !leftOut) ?? there[0]
    if (stays && there.length > 1) for (const { id } of there) groups.set(id, stays.id)
  }
  return groups
}

/** The passages of these pairs, folded for comparing, in the order of the ids. */
async function unitsOf(source: PairSource, ids: readonly number[]): Promise<Uint16Array[]> {
  const rows =
    source.kind === 'run'
      ? await db().$queryRaw<{ id: number; text: string }[]>`
          SELECT p.id, substring(c.text FROM s.start_at + 1 FOR s.end_at - s.start_at) AS text
          FROM premise p JOIN passage s ON s.id = p.passage_id JOIN chapter c ON c.id = s.chapter_id WHERE p.id = ANY(${[...ids]})`
      : await db().$queryRaw<{ id: number; text: string }[]>`SELECT id, passage AS text FROM imported_pair WHERE id = ANY(${[...ids]})`
  const texts = new Map(rows.map(({ id, text }) => [id, text]))
  return ids.map((id) => wordUnits(texts.get(id) ?? ''))
}
