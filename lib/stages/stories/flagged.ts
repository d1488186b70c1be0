import { db } from '@/lib/db'
import type { RewriteRule } from '@/lib/settings/rewrites'
import { isOffPremise } from '@/lib/stages/stories/best-try'
import { premiseOf } from '@/lib/text/test-row'

export type FlaggedRow = { id: number; ordinal: number; instruction: string; input: string }
type Looked = { text: string; flaws: readonly string[]; finishReason: string; chosenByPerson: boolean }

const page = 500

/**
 * What a rule wants done with a story: written anew, gone on with, or nothing. Of a story that was only cut off nothing is wrong but its
 * end, so that one is gone on with; what a person chose is left alone unless its row is named.
 */
export function rewriteOf(row: FlaggedRow, story: Looked, rule: RewriteRule): 'write' | 'continue' | null {
  const wanted = rule.flaws.filter((flaw) => story.flaws.includes(flaw))
  const isCutOff = story.finishReason === 'length'
  if (rule.rows !== null) return rule.continueCutOff && isCutOff ? 'continue' : 'write'
  if (story.chosenByPerson) return null
  const isOff = isOffPremise(story.text, premiseOf(row), rule.adherenceBelow)
  if (wanted.length === 0 && !isOff) return null
  return rule.continueCutOff && isCutOff && !isOff && wanted.every((flaw) => flaw === 'cut-off' || flaw === 'too-short') ? 'continue' : 'write'
}

/** The rows of a run whose stories are as a rule says, in their order, read a page at a time. */
export async function* flaggedRows(storyRunId: string, rule: RewriteRule): AsyncGenerator<FlaggedRow> {
  const named = rule.rows === null ? {} : { testRow: { ordinal: { in: rule.rows } } }
  // Without a look at the premise the database can tell by itself.
  const byFlaw = rule.rows === null && rule.adherenceBelow === null ? { flaws: { hasSome: rule.flaws } } : {}
  for (let after = 0; ; ) {
    const stories = await db().story.findMany({
      where: { storyRunId, testRowId: { gt: after }, ...named, ...byFlaw },
      orderBy: { testRowId: 'asc' },
      take: page,
      select: { text: true, flaws: true, finishReason: true, chosenByPerson: true, testRow: { select: { id: true, ordinal: true, instruction: true, input: true } } },
    })
    for (const { testRow, ...story } of stories) if (rewriteOf(testRow, story, rule) !== null) yield testRow
    const last = stories.at(-1)
    if (!last) return
    after = last.testRow.id
  }
}
