import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { trainingResult } from '@/lib/stages/training/training'

/** A real run in tests/python/test_train_adapter.py ends with these very keys. */
const result = z.record(z.string(), z.json()).parse(JSON.parse(readFileSync(join(import.meta.dirname, 'training-result.json'), 'utf8')))

test('the result of the trainer is read whole', () => {
  const { adapter_path: _path, sha256: _sha256, ...told } = result
  expect(trainingResult.parse(result)).toEqual(told)
})
