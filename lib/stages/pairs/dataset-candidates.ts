import { pool } from '@/lib/db'
import { type Outcome, Prisma, type Register, type Role, type Verdict } from '@/lib/generated/prisma/client'
import type { Candidate } from '@/lib/stages/pairs/dataset-choice'
import { pairRows } from '@/lib/stages/pairs/rows'
import type { PairSource } from '@/lib/stages/pairs/source'

type Row = [id: number, verdict: Verdict, outcome: Outcome, isEdited: boolean, isLeak: boolean, premiseGroup: number | null, passageGroup: number | null, novelKey: string, novel: string, chapterKey: string, register: Register, role: Role, characters: number, isEnding: boolean, isLeftOut: boolean]

/**
 * Every pair of the sources, in the order of the sources and then of their places, without texts. An imported pair
 * without a novel's name counts to one novel, its file, and is a chapter of its own. Plain rows from the driver:
 * 100,000 of them are a tenth of a second.
 */
export async function datasetCandidates(sources: readonly PairSource[]): Promise<Candidate[]> {
  const all: Candidate[] = []
  for (const [at, source] of sources.entries()) {
    const { text, values } = Prisma.sql`
      SELECT pair.id, pair.verdict, pair.outcome, pair.edited IS NOT NULL, pair.leak_of IS NOT NULL, pair.premise_group, pair.passage_group,
        pair.novel_key, pair.novel, pair.chapter_key, pair.register, pair.role, pair.characters, pair.is_ending, pair.is_left_out
      FROM ${pairRows(source)} ORDER BY pair.place`
    const { rows } = await pool().query<Row>({ text, values, rowMode: 'array' })
    for (const row of rows) all.push(candidateOf(row, source, at))
  }
  return all
}

function candidateOf(row: Row, source: PairSource, at: number): Candidate {
  const [id, verdict, outcome, isEdited, isLeak, premiseGroup, passageGroup, novelKey, novel, chapterKey, register, role, characters, isEnding, isLeftOut] = row
  const group = (kind: string, number: number | null) => (number === null ? null : `${source.id} ${kind} ${number}`)
  // A chapter's id is the same in every run; what an import calls its novels and chapters is its own.
  const scope = source.kind === 'run' ? '' : `${source.id} `
  return {
    source: at,
    id,
    verdict,
    outcome,
    isEdited,
    isLeak,
    premiseGroup: group('premise', premiseGroup),
    passageGroup: group('passage', passageGroup),
    novelKey: `${scope}${novelKey}`,
    novel,
    chapterKey: source.kind === 'run' ? chapterKey : chapterKey === '' ? `${scope}pair ${id}` : `${scope}${novelKey} ${chapterKey}`,
    register,
    role,
    characters,
    isEnding,
    isLeftOut,
  }
}
