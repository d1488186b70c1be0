import { z } from 'zod'
import { adherence } from '@/lib/scoring/adherence'
import { countedCharacters } from '@/lib/scoring/counted-characters'
import { dialogueShare } from '@/lib/scoring/dialogue-share'
import { distinct } from '@/lib/scoring/distinct'
import { endsOnTerminator } from '@/lib/scoring/ending'
import { garbageShare } from '@/lib/scoring/garbage-share'
import { lengthScore } from '@/lib/scoring/length-score'
import { measureNames } from '@/lib/scoring/measure-kinds'
import type { Overlap } from '@/lib/scoring/passage-overlap'
import { promptEcho } from '@/lib/scoring/prompt-echo'
import { repeatedClause } from '@/lib/scoring/repeated-clause'
import { repetition } from '@/lib/scoring/repetition'
import { sentenceLengths } from '@/lib/scoring/sentence-lengths'
import { foreignShare } from '@/lib/text/foreign-share'

/** Raise it when a measure changes: stories measured by older rules are measured anew. */
export const scoringRules = 2

/** What a story is measured with. `overlap` is missing where there are no passages to compare with. */
export type Measured = { text: string; premise: string; finishReason: string; target: number; overlap: Overlap | null }

export const measureName = z.enum(measureNames)

/** A story's figures, and the words behind three of them. */
export const storyMeasures = z.object({
  figures: z.record(measureName, z.number().nullable()),
  repeatedClause: z.string().nullable(),
  missingWords: z.array(z.string()),
  copiedFrom: z.object({ text: z.string(), passage: z.number().int() }).nullable(),
})
export type StoryMeasures = z.infer<typeof storyMeasures>

/** Measures one story by every measure there is. */
export function measureStory({ text, premise, finishReason, target, overlap }: Measured): StoryMeasures {
  const length = countedCharacters(text)
  const again = repeatedClause(text)
  const kept = adherence(text, premise)
  const lengths = sentenceLengths(text)
  return {
    figures: {
      length,
      lengthScore: lengthScore(length, target),
      repetition: repetition(text),
      repeatedClauseLength: again ? [...again.clause].length : 0,
      repeatedClauseCount: again?.count ?? 0,
      distinct: distinct(text),
      finished: finishReason === 'stop' ? 1 : 0,
      endsWell: endsOnTerminator(text) ? 1 : 0,
      echo: promptEcho(text, premise),
      foreign: foreignShare(text),
      garbage: garbageShare(text),
      copied: overlap?.share ?? null,
      longestCopied: overlap ? (overlap.longest?.text.length ?? 0) : null,
      adherence: kept?.share ?? null,
      sentence: lengths.sentence,
      clause: lengths.clause,
      dialogue: dialogueShare(text),
    },
    repeatedClause: again?.clause ?? null,
    missingWords: kept?.missing ?? [],
    copiedFrom: overlap?.longest ?? null,
  }
}
