import { format } from 'node:util'
import { afterEach, beforeEach } from 'vitest'

const said: string[] = []

// An error on the console that no test asked for is a failure. A test that expects one spies on it:
// vi.spyOn(console, 'error').mockImplementation(…), and then this is not reached.
beforeEach(() => {
  said.length = 0
  console.error = (...parts: unknown[]) => {
    said.push(format(...parts))
  }
})

afterEach(() => {
  if (said.length > 0) throw new Error(`Unexpected console.error:\n${said.join('\n')}`)
})
