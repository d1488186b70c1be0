import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

/** A Python program of the test's own, to be run as a child of the worker. */
export function pythonProgram(lines: string[]): string {
  const file = join(inject('servicesDirectory'), `${randomUUID()}.py`)
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}
