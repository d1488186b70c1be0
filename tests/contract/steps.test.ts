import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { stepsOf } from '@/lib/forecast/steps'

/** Runs and their steps; tests/python/test_training_pairs.py has the trainer count the same ones. */
const runs = z
  .array(z.object({ pairs: z.number(), epochs: z.number(), maxSteps: z.number(), batchSize: z.number(), accumulation: z.number(), steps: z.number() }))
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'steps.json'), 'utf8')))

test.each(runs)('$pairs pairs × $epochs, batch $batchSize × $accumulation, at most $maxSteps: $steps steps', ({ pairs, steps, ...settings }) => {
  expect(stepsOf(settings, pairs)).toBe(steps)
})
