import { z } from 'zod'
import { premisePrompt } from '@/lib/settings/premises'
import { refusal } from '@/lib/settings/refusal'

/**
 * The form's field `prompt`: the whole prompt as JSON. Examples with nothing in them at the end are none; elsewhere an
 * empty text counts as absent, so that it is said to be needed, at its own field.
 */
export const promptField = z
  .string()
  .transform((text, context): unknown => {
    try {
      return withoutEmptyRows(JSON.parse(text, (key, value: unknown) => (value === '' && key !== 'system' ? undefined : value)))
    } catch {
      context.addIssue({ code: 'custom', ...refusal('What was sent is not valid JSON.', '送来的内容不是有效的 JSON。') })
      return z.NEVER
    }
  })
  .pipe(premisePrompt)

const rows = z.looseObject({ examples: z.array(z.unknown()) })
const parts = rows.extend({ styles: z.array(rows) })

function withoutEmptyRows(value: unknown): unknown {
  const prompt = parts.safeParse(value)
  if (!prompt.success) return value
  const { examples, styles, ...rest } = prompt.data
  return { ...rest, examples: trimmed(examples), styles: styles.map((style) => ({ ...style, examples: trimmed(style.examples) })) }
}

function trimmed(examples: readonly unknown[]): unknown[] {
  const last = examples.findLastIndex((example) => typeof example === 'object' && example !== null && Object.values(example).some((text) => text !== undefined))
  return examples.slice(0, last + 1)
}
