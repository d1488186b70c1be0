import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { identify, isAlive, waitUntilGone } from '@/bin/services/processes.mjs'
import { runLogged } from '@/bin/setup/program.mjs'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

it('gives the exit code and keeps what was said in the log', async () => {
  const log = join(temporaryDirectory(), 'log')
  expect(await runLogged(process.execPath, ['-e', 'console.log("said"); process.exit(3)'], { log })).toBe(3)
  expect(readFileSync(log, 'utf8')).toBe('said\n')
  expect(await runLogged('/no/such/program', [], { log })).toBe(127)
})

it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)('leaves nothing at work when its process ends by %s', async (signal) => {
  const directory = temporaryDirectory()
  const program = join(directory, 'work.mjs')
  writeFileSync(program, 'setInterval(() => {}, 1000)')
  const module = new URL('../../bin/setup/program.mjs', import.meta.url).href
  const script = `const { runLogged } = await import('${module}')
    await runLogged(process.execPath, ['${program}'], { log: '${join(directory, 'log')}', tied: true, onStart: (pid) => console.log(pid) })`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [pid] = await once(parent.stdout, 'data')
  const work = identify(Number(String(pid)))
  expect(isAlive(work)).toBe(true)
  const ended = once(parent, 'exit')
  parent.kill(signal)
  expect(await ended).toEqual([null, signal])
  expect(await waitUntilGone(work, 20_000)).toBe(true)
})
