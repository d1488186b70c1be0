import { expect, it } from 'vitest'
import { z } from 'zod'
import { whileFilledIn } from '@/app/_guard/while-filled-in'
import { MolianError } from '@/lib/errors'

const failing = (error: unknown) => whileFilledIn(() => Promise.reject(error))

it('takes for a form that is being filled in only what is wrong with a form: a lost database is told', async () => {
  expect(await whileFilledIn(async () => 7)).toBe(7)
  expect(await whileFilledIn(async () => z.string().parse(1))).toBeNull()
  expect(await failing(new MolianError('endpoint.missing', { endpoint: 'a' }))).toBeNull()
  await expect(failing(new Error('ECONNREFUSED'))).rejects.toThrow('ECONNREFUSED')
  await expect(failing(new MolianError('internal', { reason: 'ECONNREFUSED' }))).rejects.toMatchObject({ code: 'internal' })
})
