import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import type { Asker, Question } from '@/lib/llm/ask'

/** The form in which a server that can hold a model to one is asked for a text. */
export const textSchema: NonNullable<Question['schema']> = {
  name: 'answer',
  shape: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false },
}

const textForm = z.object({ text: z.string() })

/** Answers that do not have the form after which the server is taken not to know of it. */
const mostFormless = 2

/** The reason of a server that says nothing, but answers as if no form had been asked for. */
export const ignoresForm = 'ignored'

export type JsonOutput = {
  ask: Asker
  /** Why the form is no longer asked for; null while it is. */
  fallenBack(): string | null
}

/**
 * Asks chat models in the form of a JSON schema and gives the text out of it. A server that refuses the form, or answers
 * without it, is asked without from then on; `onFallback` hears why, `onForm` that it does answer in it.
 */
export function withJsonOutput(ask: Asker, hear: { onFallback(reason: string): void; onForm(): void }): JsonOutput {
  let reason: string | null = null
  let formless = 0
  let hasForm = false

  function fallBack(why: string): void {
    if (reason !== null) return
    reason = why
    hear.onFallback(why)
  }

  async function plain(question: Question, signal: AbortSignal) {
    const { schema: _schema, ...rest } = question
    return ask(rest, signal)
  }

  return {
    fallenBack: () => reason,
    ask: async (question, signal) => {
      if (!question.schema || question.prompt.style !== 'chat' || reason !== null) return plain(question, signal)
      try {
        const answer = await ask(question, signal)
        const text = textOf(answer.text)
        if (text !== null) {
          if (!hasForm) hear.onForm()
          hasForm = true
          return { ...answer, text }
        }
        // One that was cut off has had no chance to end its form.
        if (answer.finishReason !== 'length' && !hasForm) {
          formless += 1
          if (formless >= mostFormless) fallBack(ignoresForm)
        }
        return answer
      } catch (error) {
        if (!isAboutForm(error)) throw error
        fallBack(String(error.params.reason ?? error.message))
        return plain(question, signal)
      }
    },
  }
}

function textOf(answer: string): string | null {
  try {
    const read = textForm.safeParse(JSON.parse(answer))
    return read.success ? read.data.text : null
  } catch {
    return null
  }
}

function isAboutForm(error: unknown): error is MolianError {
  return error instanceof MolianError && error.code === 'endpoint.bad-request' && /response_format|json|schema|grammar|guided|structured/i.test(String(error.params.reason))
}
