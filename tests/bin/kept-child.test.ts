import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { endProcess, identify, isAlive } from '@/bin/services/processes.mjs'
import { keep } from '@/bin/supervisor/kept-child.mjs'

async function sleeper() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await once(child, 'spawn')
  const identity = identify(child.pid)
  return { child, identity, stop: () => endProcess(identity) }
}

it('starts a child again when it is killed, waiting longer each time, and not after it was stopped', async () => {
  const waits: number[] = []
  const starts: (number | undefined)[] = []
  let heard = () => {}
  const kept = await keep({
    start: sleeper,
    onStart: ({ child }) => {
      starts.push(child.pid)
      heard()
    },
    onDeath: ({ signal, waitMs }) => {
      expect(signal).toBe('SIGKILL')
      waits.push(waitMs)
    },
    backOff: { firstMs: 5, mostMs: 15, healthyAfterMs: 60_000 },
  })
  for (let round = 0; round < 3; round += 1) {
    const again = new Promise<void>((resolve) => (heard = resolve))
    kept.current.child.kill('SIGKILL')
    await again
  }
  expect(waits).toEqual([5, 10, 15])
  expect(new Set(starts).size).toBe(4)
  const { identity } = kept.current
  expect(isAlive(identity)).toBe(true)
  await kept.stop()
  expect(isAlive(identity)).toBe(false)
  expect(starts).toHaveLength(4)
})

it('waits little again after the child has lived for a while', async () => {
  const waits: number[] = []
  let heard = () => {}
  const kept = await keep({
    start: sleeper,
    onStart: () => heard(),
    onDeath: ({ waitMs }) => waits.push(waitMs),
    backOff: { firstMs: 5, mostMs: 40, healthyAfterMs: 0 },
  })
  for (let round = 0; round < 2; round += 1) {
    const again = new Promise<void>((resolve) => (heard = resolve))
    kept.current.child.kill('SIGKILL')
    await again
  }
  await kept.stop()
  expect(waits).toEqual([5, 5])
})

it('leaves the failure of the first start to the caller, and tries later ones again', async () => {
  await expect(keep({ start: () => Promise.reject(new Error('no program')) })).rejects.toThrow('no program')

  const failures: string[] = []
  let attempts = 0
  let heard = () => {}
  const kept = await keep({
    start: () => {
      attempts += 1
      return attempts === 2 ? Promise.reject(new Error('port taken')) : sleeper()
    },
    onStart: () => heard(),
    onDeath: ({ error }) => void (error && failures.push(error.message)),
    backOff: { firstMs: 5, mostMs: 40, healthyAfterMs: 60_000 },
  })
  const again = new Promise<void>((resolve) => (heard = resolve))
  kept.current.child.kill('SIGKILL')
  await again
  await kept.stop()
  expect(failures).toEqual(['port taken'])
  expect(attempts).toBe(3)
})
