import { mostForeign, replacement } from '@/lib/llm/premise-flaws'
import { repetition } from '@/lib/scoring/repetition'
import { foreignShare } from '@/lib/text/foreign-share'

export const storyFlaws = ['empty', 'too-short', 'cut-off', 'looped', 'echo', 'foreign', 'garbled'] as const
export type StoryFlaw = (typeof storyFlaws)[number]

/** Flaws for which a story is asked for again; the others are marked and kept. */
export const refusingFlaws: readonly StoryFlaw[] = ['empty', 'too-short']

/** What stands out in a story. `looped`: more than half of its 8-grams occur before; `foreign`: more than a third is not Chinese. */
export function flawsOfStory(story: string, premise: string, minimumCharacters: number, finishReason: string): StoryFlaw[] {
  const characters = [...story]
  if (story.trim() === '') return ['empty']
  const flaws: StoryFlaw[] = []
  if (characters.length < minimumCharacters) flaws.push('too-short')
  if (finishReason === 'length') flaws.push('cut-off')
  if (repetition(story, 8) > 0.5) flaws.push('looped')
  if (premise.length > 8 && story.startsWith(premise)) flaws.push('echo')
  if (foreignShare(story) > mostForeign) flaws.push('foreign')
  if (story.includes(replacement)) flaws.push('garbled')
  return flaws
}
