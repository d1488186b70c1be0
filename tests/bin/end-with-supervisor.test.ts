import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { identify, isAlive, waitUntilGone } from '@/bin/services/processes.mjs'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

it('a child ends with a supervisor that was killed', async () => {
  const directory = temporaryDirectory()
  const program = join(directory, 'child.mjs')
  writeFileSync(program, 'setInterval(() => {}, 1000)')
  const starter = new URL('../../bin/services/node-child.mjs', import.meta.url).href
  const supervisor = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { startNodeChild } = await import('${starter}')
       const { child } = startNodeChild({ args: ['${program}'], log: '${join(directory, 'log')}', env: {}, graceMs: 1000 })
       console.log(child.pid)`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [pid] = await once(supervisor.stdout, 'data')
  const child = identify(Number(String(pid)))
  expect(isAlive(child)).toBe(true)
  supervisor.kill('SIGKILL')
  expect(await waitUntilGone(child, 10_000)).toBe(true)
})
