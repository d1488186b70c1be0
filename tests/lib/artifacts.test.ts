import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { inHome, sha256OfFile, writeAtomically } from '@/lib/artifacts'
import { env } from '@/lib/env'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

beforeAll(() => {
  process.env.DATABASE_URL = 'postgres://nowhere/none'
  process.env.REDIS_URL = 'redis://nowhere'
  process.env.MOLIAN_HOME = '/home-of-this-test'
})

describe('writeAtomically', () => {
  it('writes every part in order, makes the directories, and hashes what it wrote', async () => {
    const file = join(temporaryDirectory(), 'a', 'b', 'submit.json')
    const parts = Array.from({ length: 30_000 }, (_, index) => `第${index}行😀\n`)
    async function* slowly() {
      yield* parts
    }
    const whole = parts.join('')
    const expected = { bytes: Buffer.byteLength(whole), sha256: createHash('sha256').update(whole).digest('hex') }
    expect(await writeAtomically(file, slowly())).toEqual(expected)
    expect(readFileSync(file, 'utf8')).toBe(whole)
    expect(await sha256OfFile(file)).toBe(expected.sha256)
    expect(await writeAtomically(file, [])).toMatchObject({ bytes: 0 })
    expect(readFileSync(file, 'utf8')).toBe('')
  })

  it('leaves the old file whole and nothing of the new one when it fails', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'submit.json')
    writeFileSync(file, 'old')
    async function* failing() {
      yield 'x'.repeat(200_000)
      throw new Error('the database went away')
    }
    await expect(writeAtomically(file, failing())).rejects.toThrow('the database went away')
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(directory)).toEqual(['submit.json'])
  })

  it('lets two writers of one file both write it whole', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'x')
    await Promise.all(['a', 'b'].map((letter) => writeAtomically(file, Array.from({ length: 1000 }, () => letter))))
    expect(readFileSync(file, 'utf8')).toMatch(/^(a{1000}|b{1000})$/)
    expect(readdirSync(directory)).toEqual(['x'])
  })
})

describe('inHome', () => {
  it('stays in the home', () => {
    expect(inHome('uploads/x')).toBe(join(env().home, 'uploads/x'))
    expect(inHome('a/../b')).toBe(join(env().home, 'b'))
    for (const path of ['../x', 'a/../../x', '/etc/passwd', '../home-of-this-test-2/x']) expect(() => inHome(path)).toThrow('leaves the home')
    expect(existsSync(env().home)).toBe(false)
  })
})
