import { z } from 'zod'
import { adherence } from '@/lib/scoring/adherence'
import { countedCharacters } from '@/lib/scoring/counted-characters'
import { dialogueShare } from '@/lib/scoring/dialogue-share'
import { distinct } from '@/lib/scoring/distinct'
import { endsOnTerminator } from '@/lib/scoring/ending'
import { garbageShare } from '@/lib/scoring/garbage-share'
import { lengthScore } from '@/lib/scoring/length-score'
import type { Overlap } from '@/lib/scoring/passage-overlap'
import { promptEcho } from '@/lib/scoring/prompt-echo'
import { repeatedClause } from '@/lib/scoring/repeated-clause'
import { repetition } from '@/lib/scoring/repetition'
import { sentenceLengths } from '@/lib/scoring/sentence-lengths'
import { foreignShare } from '@/lib/text/foreign-share'

/** Raise it when a measure changes: stories measured by older rules are measured anew. */
export const scoringRules = 1

/** What a story is measured with. `overlap` is missing where there are no passages to compare with. */
export type Measured = { text: string; premise: string; finishReason: string; target: number; overlap: Overlap | null }

/** Which way is better; `neither`: a trait, not a merit. `share` is 0 to 1 and shown in percent. */
type Kind = { better: 'more' | 'less' | 'neither'; unit: 'characters' | 'points' | 'share' | 'yes' | 'times' }

/** Every measure of one story: how to read it. One that cannot be said of a story is null in its record. */
export const measureKinds = {
  length: { better: 'neither', unit: 'characters' },
  lengthScore: { better: 'more', unit: 'points' },
  repetition: { better: 'less', unit: 'share' },
  repeatedClauseLength: { better: 'less', unit: 'characters' },
  repeatedClauseCount: { better: 'less', unit: 'times' },
  distinct: { better: 'more', unit: 'share' },
  finished: { better: 'more', unit: 'yes' },
  endsWell: { better: 'more', unit: 'yes' },
  echo: { better: 'less', unit: 'share' },
  foreign: { better: 'less', unit: 'share' },
  garbage: { better: 'less', unit: 'share' },
  copied: { better: 'less', unit: 'share' },
  longestCopied: { better: 'less', unit: 'characters' },
  adherence: { better: 'more', unit: 'share' },
  sentence: { better: 'neither', unit: 'characters' },
  clause: { better: 'neither', unit: 'characters' },
  dialogue: { better: 'neither', unit: 'share' },
} as const satisfies Record<string, Kind>

export type Measure = keyof typeof measureKinds

export const measureNames = Object.keys(measureKinds) as [Measure, ...Measure[]]

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
