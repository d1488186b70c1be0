import type { StoryTry } from '@/lib/generated/prisma/client'
import { storyFlaws } from '@/lib/llm/story-flaws'
import { countedCharacters } from '@/lib/scoring/counted-characters'
import { repetition } from '@/lib/scoring/repetition'
import type { NewTry } from '@/lib/stages/stories/put-story'

/** A kept try as it was made: what its row does not hold is reckoned from its text. */
export function knownTry(row: StoryTry): NewTry {
  const { id: _, storyRunId: _run, at: _at, epoch: _epoch, ...tried } = row
  const { text } = tried
  return {
    ...tried,
    outcome: tried.outcome === 'good' ? 'good' : 'refused',
    flaws: storyFlaws.filter((flaw) => tried.flaws.includes(flaw)),
    characters: countedCharacters(text),
    repetition: repetition(text),
  }
}
