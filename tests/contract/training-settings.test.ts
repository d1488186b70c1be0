import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { trainingSettings } from '@/lib/settings/training'

/**
 * Values of every setting at and beyond its bounds; tests/python/test_training_config.py gives the same ones to the trainer,
 * or those of `trainer` where the worker has decided something before, and none where that is null.
 */
const values = z
  .record(z.string(), z.object({ accepted: z.array(z.json()), refused: z.array(z.json()), trainer: z.unknown().optional() }))
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'training-settings.json'), 'utf8')))

const shape: Record<string, z.ZodType> = trainingSettings.shape

test('has values of every setting that the trainer is sent', () => {
  expect(['baseModel', ...Object.keys(values)].sort()).toEqual(Object.keys(shape).sort())
})

describe.each(Object.entries(values))('%s', (name, { accepted, refused }) => {
  test.each(accepted.map((value) => ({ value })))('may be $value', ({ value }) => expect(shape[name]?.safeParse(value).success).toBe(true))
  test.each(refused.map((value) => ({ value })))('may not be $value', ({ value }) => expect(shape[name]?.safeParse(value).success).toBe(false))
})
