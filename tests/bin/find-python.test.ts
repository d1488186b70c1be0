import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPython } from '@/bin/setup/find-python.mjs'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

/** A program that answers like a Python of this version, with or without the means to make environments. */
function python(directory: string, name: string, version: string, hasVenv: boolean) {
  const file = join(directory, name)
  const answer = hasVenv ? 'echo yes' : 'exit 1'
  writeFileSync(file, `#!/bin/sh\ncase "$2" in\n*ensurepip*) ${answer};;\n*) echo ${version};;\nesac\n`, { mode: 0o755 })
  return file
}

describe('findPython', () => {
  it('takes the first fit one of the path, passing over those that are too old', () => {
    const directory = temporaryDirectory()
    python(directory, 'python3', '3.9.2', true)
    const fit = python(directory, 'python3.12', '3.12.4', true)
    expect(findPython({ PATH: directory })).toEqual({ program: fit, version: '3.12.4' })
  })

  it('says which is too old', () => {
    const directory = temporaryDirectory()
    const old = python(directory, 'python3', '3.10.12', true)
    expect(() => findPython({ PATH: directory })).toThrow(`${old} is 3.10.12`)
    expect(() => findPython({ PATH: '', MOLIAN_PYTHON: old })).toThrow('Molian needs Python 3.11 or newer')
  })

  it('says which package brings a missing venv module', () => {
    const directory = temporaryDirectory()
    python(directory, 'python3.11', '3.11.2', false)
    python(directory, 'python3', '3.9.2', true)
    expect(() => findPython({ PATH: directory })).toThrow('apt install python3.11-venv')
  })

  it('says how to get one when there is none', () => {
    expect(() => findPython({ PATH: temporaryDirectory() })).toThrow('apt install python3 python3-venv')
  })

  it('takes MOLIAN_PYTHON and no other, and says when that does not run', () => {
    const directory = temporaryDirectory()
    python(directory, 'python3', '3.11.2', true)
    const own = python(directory, 'my-python', '3.13.0', true)
    expect(findPython({ PATH: directory, MOLIAN_PYTHON: own }).program).toBe(own)
    expect(() => findPython({ PATH: directory, MOLIAN_PYTHON: join(directory, 'none') })).toThrow('which does not run')
  })
})
