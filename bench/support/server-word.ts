import { z } from 'zod'

/** How the server is to behave from now on: time to an answer, and a bucket of requests (null: no limit). */
export const serverBehaviour = z.object({ latencyMs: z.number(), bucket: z.object({ perMinute: z.number(), holds: z.number() }).nullable() })
export type ServerBehaviour = z.infer<typeof serverBehaviour>

/** What it says to its parent: where it listens, or what it has counted so far. */
export const serverWord = z.object({ url: z.string(), answered: z.number(), refused: z.number() })
