import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readLock, releaseLock, rewriteLock, takeLock } from '@/bin/lock-file.mjs'
import { identify } from '@/bin/services/processes.mjs'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

it('is held by one process, which can rewrite and release it', () => {
  const directory = temporaryDirectory()
  const path = join(directory, 'studio.json')
  expect(takeLock(path, { port: 1 })).toEqual({ taken: true, before: null })
  expect(takeLock(path)).toMatchObject({ taken: false, holder: { pid: process.pid, port: 1 } })
  rewriteLock(path, { port: 2 })
  expect(readLock(path)).toMatchObject({ pid: process.pid, port: 2 })
  releaseLock(path)
  expect(readdirSync(directory)).toEqual([])
})

it('is taken over from a process that is gone, with what that had written', () => {
  const path = join(temporaryDirectory(), 'studio.json')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(path, JSON.stringify({ pid, startTime: '1', ports: { web: 3000 } }))
  expect(takeLock(path)).toMatchObject({ taken: true, before: { ports: { web: 3000 } } })
  expect(readLock(path)).toMatchObject(identify(process.pid))
})

it('is taken over when the process id has been given to another process since', () => {
  const path = join(temporaryDirectory(), 'studio.json')
  writeFileSync(path, JSON.stringify({ pid: process.pid, startTime: 'another time' }))
  expect(takeLock(path).taken).toBe(true)
})

it('is taken over when it is not readable', () => {
  const path = join(temporaryDirectory(), 'studio.json')
  writeFileSync(path, '{"pid": 12')
  expect(takeLock(path).taken).toBe(true)
  expect(existsSync(`${path}.${process.pid}`)).toBe(false)
})
