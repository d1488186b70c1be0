import { z } from 'zod'
import { Refusal } from '@/gpu-worker/stages/serve-model/refusal'

const bodySchema = z.looseObject({ stream: z.boolean().nullish(), stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish() })

/**
 * A request's body so that the answer says how many tokens it took: a stream says so only when it is asked, and then in one event more,
 * which `isWanted` tells whether the caller asked for it. Throws Refusal for what is no JSON object.
 */
export function withUsage(text: string): { text: string; isWanted: boolean } {
  const parsed = bodySchema.safeParse(parsedJson(text))
  if (!parsed.success) throw new Refusal(400, 'invalid_json', 'The body is to be one JSON object, as the OpenAI API has it.')
  const body = parsed.data
  if (!body.stream) return { text, isWanted: true }
  const isWanted = body.stream_options?.include_usage === true
  return { text: isWanted ? text : JSON.stringify({ ...body, stream_options: { ...body.stream_options, include_usage: true } }), isWanted }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
