import { flawsOfStory, refusingFlaws, type StoryFlaw } from '@/lib/llm/story-flaws'
import { countedCharacters } from '@/lib/scoring/counted-characters'
import { repetition } from '@/lib/scoring/repetition'
import { anyRunSettings } from '@/lib/stages/stories/run-settings'

/** What a run's stories are refused by: characters that none may have fewer of. How many each should have is in target.ts. */
export type StoryBounds = { minimumCharacters: number }

/** Of stories that came with a file nothing is known but that they must not be empty. */
export const boundsOfFile: StoryBounds = { minimumCharacters: 1 }

/** The bounds in a run's frozen settings. */
export function boundsOf(settings: unknown): StoryBounds {
  const known = anyRunSettings.parse(settings)
  return 'sampling' in known ? { minimumCharacters: known.sampling.minimumCharacters } : boundsOfFile
}

/** A text as its row keeps it. `characters` as the challenge counts them; `repetition` is rep-4, 0 to 1. */
export type JudgedText = { text: string; outcome: 'good' | 'refused'; flaws: StoryFlaw[]; characters: number; repetition: number }

/** Looks a story over: what is wrong with it, whether it can be handed in, how long it is and how much it repeats itself. */
export function judgedText(text: string, premise: string, finishReason: string, { minimumCharacters }: StoryBounds): JudgedText {
  const flaws = flawsOfStory(text, premise, minimumCharacters, finishReason)
  return { text, outcome: flaws.some((flaw) => refusingFlaws.includes(flaw)) ? 'refused' : 'good', flaws, characters: countedCharacters(text), repetition: repetition(text) }
}
