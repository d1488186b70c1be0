import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseEvent } from '@/gpu-worker/process/events'

const fixtures = join(import.meta.dirname, 'events')
const named = (prefix: string) => readdirSync(fixtures).filter((name) => name.startsWith(prefix))

test.each(named('valid-'))('%s is read as it was written', (name) => {
  const line = readFileSync(join(fixtures, name), 'utf8')
  expect(parseEvent(line)).toEqual({ event: JSON.parse(line) })
})

test.each(named('invalid-'))('%s is refused with a reason', (name) => {
  expect(parseEvent(readFileSync(join(fixtures, name), 'utf8'))).toEqual({ fault: expect.stringMatching(/\S/) })
})
