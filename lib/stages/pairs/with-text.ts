import { Prisma } from '@/lib/generated/prisma/client'
import type { PairSource } from '@/lib/stages/pairs/source'
import { foldText } from '@/lib/text/fold'
import { gramsOfPhrase } from '@/lib/text/search-grams'

/**
 * The condition on `pair` that its premise or its passage has these words (at most longestPhrase units), whatever the width
 * and case of letters and the variant of characters in the passage. A run's passages are offered by the search index, and
 * only what it offers is read; of chapters that are not indexed yet each passage is.
 */
export function hasText(source: PairSource, text: string): Prisma.Sql {
  const inPremise = Prisma.sql`position(${text} in pair.premise) > 0`
  if (source.kind === 'import') {
    return Prisma.sql`(${inPremise} OR pair.id IN (SELECT i.id FROM imported_pair i WHERE i.pair_import_id = ${source.id}::uuid AND position(${text} in i.passage) > 0))`
  }
  const folded = foldText(text)
  // Blocks overlap by the longest phrase: what begins in a block is whole in it.
  return Prisma.sql`(${inPremise} OR pair.passage_id IN (
    WITH cut AS (SELECT passage_set_id AS id FROM premise_run WHERE id = ${source.id}::uuid),
      block AS MATERIALIZED (SELECT chapter_id, start_at, end_at, text FROM search_block WHERE grams @> ${gramsOfPhrase(folded)}::int[] AND strpos(text, ${folded}) > 0)
    SELECT s.id FROM block b JOIN passage s ON s.chapter_id = b.chapter_id AND s.start_at < b.end_at AND s.end_at > b.start_at
    WHERE s.passage_set_id = (SELECT id FROM cut)
      AND strpos(substr(b.text, greatest(s.start_at - b.start_at, 0) + 1, s.end_at - greatest(s.start_at, b.start_at)), ${folded}) > 0
    UNION ALL
    SELECT s.id FROM passage s JOIN chapter c ON c.id = s.chapter_id AND NOT c.indexed
    WHERE s.passage_set_id = (SELECT id FROM cut) AND strpos(substr(c.text, s.start_at + 1, s.end_at - s.start_at), ${text}) > 0))`
}
