import { Prisma } from '@/lib/generated/prisma/client'
import { leftOutAsDuplicate } from '@/lib/stages/passages/duplicates'
import type { PairSource } from '@/lib/stages/pairs/source'

/**
 * The pairs of a source as one relation with the same columns for both kinds of source, as a subquery to select from
 * AS pair. `premise` is the text that counts, edited or written. `novel_key` and `chapter_key` tell novels and chapters
 * apart: ids of a run's, the given names of an import's. A group's number is the id of its first pair, or of the one
 * a person chose of its passages; `is_left_out`: a person left the passage out as a duplicate. `place` orders the
 * pairs as their passages follow one another and tells them apart: passages get their ids in their order, and by the id an
 * index walks the pairs of a run.
 */
export function pairRows(source: PairSource): Prisma.Sql {
  return source.kind === 'run' ? rowsOfRun(source.id) : rowsOfImport(source.id)
}

// Every premise has its passage; LEFT, because PostgreSQL then leaves out the tables of which a question asks nothing.
function rowsOfRun(id: string): Prisma.Sql {
  return Prisma.sql`(SELECT p.id, p.passage_id AS place, s.ordinal, coalesce(p.edited, p.text) AS premise, p.text AS written, p.edited,
      p.outcome, p.flaws, p.verdict, p.style, p.score,
      p.premise_group, p.passage_group, p.leak_of, s.end_at - s.start_at AS characters, s.id AS passage_id, NULL::int AS line,
      c.id AS chapter_id, c.id::text AS chapter_key, c.heading AS chapter, n.id AS novel_id, n.id::text AS novel_key, n.title AS novel,
      coalesce(c.register_by_person, c.measured_register) AS register,
      CASE WHEN c.role <> 'drawn' THEN c.role ELSE n.role END AS role, s.end_at >= c.characters AS is_ending,
      ${leftOutAsDuplicate(Prisma.sql`p.passage_id`)} AS is_left_out
    FROM premise p LEFT JOIN passage s ON s.id = p.passage_id LEFT JOIN chapter c ON c.id = s.chapter_id LEFT JOIN novel n ON n.id = c.novel_id
    WHERE p.premise_run_id = ${id}::uuid) AS pair`
}

function rowsOfImport(id: string): Prisma.Sql {
  return Prisma.sql`(SELECT p.id, p.ordinal AS place, p.ordinal, coalesce(p.edited, p.premise) AS premise, p.premise AS written, p.edited,
      'good'::"Outcome" AS outcome, ARRAY[]::text[] AS flaws, p.verdict, NULL::"PremiseStyle" AS style, NULL::smallint AS score,
      p.premise_group, p.passage_group, p.leak_of, p.characters, NULL::int AS passage_id, p.line,
      NULL::int AS chapter_id, p.chapter AS chapter_key, p.chapter, NULL::int AS novel_id, p.novel AS novel_key, p.novel,
      p.register, p.role, false AS is_ending, false AS is_left_out
    FROM imported_pair p WHERE p.pair_import_id = ${id}::uuid) AS pair`
}

/** The table whose rows hold a person's word on the pairs of the source. The program's own names, never input. */
export function pairTable(source: Pick<PairSource, 'kind'>): Prisma.Sql {
  return source.kind === 'run' ? Prisma.sql`premise` : Prisma.sql`imported_pair`
}
