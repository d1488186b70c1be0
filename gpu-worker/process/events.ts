import { z } from 'zod'

/** The contract of gpu-worker/python/events.py, in the same words: one JSON object a line, no other keys. */
const eventSchema = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('progress'), done: z.int().min(0), total: z.int().min(0), note: z.string() }),
  z.strictObject({
    event: z.literal('metric'),
    step: z.int().min(0),
    epoch: z.number().min(0),
    values: z.record(z.string(), z.number()).refine((values) => Object.keys(values).length > 0, 'must not be empty'),
  }),
  z.strictObject({
    event: z.literal('checkpoint'),
    step: z.int().min(0),
    path: z.string().min(1),
    bytes: z.int().min(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.strictObject({
    event: z.literal('sample'),
    step: z.int().min(0),
    ordinal: z.int().min(0),
    text: z.string(),
    tokens: z.int().min(0),
    ending: z.enum(['whole', 'length', 'time']),
    seconds: z.number().min(0),
  }),
  z.strictObject({ event: z.literal('log'), level: z.enum(['info', 'warning', 'error']), text: z.string(), chinese: z.string().optional() }),
  z.strictObject({
    event: z.literal('error'),
    code: z.string().regex(/^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)*$/),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    text: z.string(),
  }),
  z.strictObject({ event: z.literal('done'), result: z.record(z.string(), z.json()) }),
])

export type ChildEvent = z.infer<typeof eventSchema>

/** Longest line that is read as an event, in bytes. */
export const longestEvent = 1 << 20

/** The event a line says, or why it says none. */
export function parseEvent(line: string): { event: ChildEvent } | { fault: string } {
  try {
    const result = eventSchema.safeParse(JSON.parse(line))
    if (result.success) return { event: result.data }
    return { fault: result.error.issues.map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`).join('; ') }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}
