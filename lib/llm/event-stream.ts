import { z } from 'zod'

/** One event of an answer in pieces, of chat and of completions. */
export const piece = z.object({
  model: z.string().optional(),
  choices: z.array(z.object({ finish_reason: z.string().nullish(), delta: z.object({ content: z.string().nullish() }).optional(), text: z.string().optional() })).default([]),
  usage: z.unknown().optional(),
})

/**
 * An answer that came piece by piece though it was not asked for so (some proxies always stream), put together as the
 * protocol has it in one piece. Null where the stream does not end with a reason or [DONE]: then it was cut off.
 */
export function wholeOfStream(text: string): string | null {
  let content = ''
  let model = ''
  let finish: string | null = null
  let isDone = false
  let isChat = false
  let usage: unknown = null
  for (const line of text.split(/\r?\n/)) {
    const data = /^data:\s?(.*)$/.exec(line)?.[1]
    if (data === undefined) continue
    if (data.trim() === '[DONE]') {
      isDone = true
      continue
    }
    const read = piece.safeParse(parsed(data))
    if (!read.success) return null
    model ||= read.data.model ?? ''
    usage = read.data.usage ?? usage
    const choice = read.data.choices[0]
    if (!choice) continue
    if (choice.delta) isChat = true
    content += choice.delta?.content ?? choice.text ?? ''
    finish = choice.finish_reason ?? finish
  }
  if (!isDone && finish === null) return null
  const choice = isChat ? { message: { role: 'assistant', content } } : { text: content }
  return JSON.stringify({ model, choices: [{ index: 0, finish_reason: finish, ...choice }], usage })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
