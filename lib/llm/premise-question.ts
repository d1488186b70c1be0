import { seedOf } from '@/lib/draw'
import type { Question } from '@/lib/llm/ask'
import { textSchema } from '@/lib/llm/json-output'
import type { StyledAsking } from '@/lib/llm/premise-styles'
import { premiseMessages, premiseText, type PassagePlace } from '@/lib/llm/prompts'
import type { PremiseSampling } from '@/lib/settings/premises'

/** What is asked of a server for one try of one passage, `ordinal` being the passage's number in its set. */
export function premiseQuestion(asking: StyledAsking, sampling: PremiseSampling, place: PassagePlace, ordinal: number, attempt: number): Question {
  return {
    prompt: sampling.style === 'chat'
      ? { style: 'chat', messages: premiseMessages(asking.prompt, place) }
      : { style: 'completions', text: premiseText(asking.prompt, place) },
    temperature: sampling.temperature,
    topP: sampling.topP,
    topK: 0,
    repetitionPenalty: 1,
    maxTokens: asking.maxTokens,
    seed: seedOf(sampling.seed, ordinal, attempt),
    // A base model goes on with the next example: it ends at the line, an outline at the blank line.
    ...(sampling.style === 'completions' ? { stop: [asking.style === 'outline' ? '\n\n' : '\n'] } : {}),
    // A form is for chat models alone.
    ...(sampling.style === 'chat' && sampling.jsonOutput ? { schema: textSchema } : {}),
  }
}
