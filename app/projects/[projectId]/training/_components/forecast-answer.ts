import { z } from 'zod'
import type { ForecastFacts } from '@/lib/stages/training/forecast-facts'

const model = z.object({
  family: z.string(),
  layers: z.number(),
  hidden: z.number(),
  intermediate: z.number(),
  heads: z.number(),
  keyValueHeads: z.number(),
  headDimension: z.number(),
  vocabulary: z.number(),
  tied: z.boolean(),
  norms: z.union([z.literal(2), z.literal(4)]),
  normsQueries: z.boolean(),
  window: z.number().nullable(),
})
const device = z.object({ kind: z.enum(['cpu', 'cuda']), label: z.string(), places: z.number(), bytes: z.number(), freeBytes: z.number(), hasNativeBfloat16: z.boolean(), hasBitsandbytes: z.boolean() })
const lengths = z.object({
  sample: z.array(z.object({ prompt: z.number(), answer: z.number() })),
  longest: z.number(),
  trainingPairs: z.number(),
  validationPairs: z.number(),
  counted: z.boolean(),
})
const speed = z.object({ perSecond: z.number(), source: z.enum(['same-model', 'other-model', 'matrices']), run: z.object({ ordinal: z.number(), model: z.string() }).nullable() })

/** What the forecast's route answers with. */
export const forecastAnswer: z.ZodType<ForecastFacts> = z.object({
  model: model.nullable(),
  weightBytes: z.number(),
  lengths: lengths.nullable(),
  device: device.nullable(),
  speed: speed.nullable(),
  freeDisk: z.number().nullable(),
})
