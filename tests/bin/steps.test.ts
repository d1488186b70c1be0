import { describe, expect, it } from 'vitest'
import { refuseFullDisk, runSteps } from '@/bin/setup/steps.mjs'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

function spoken() {
  const parts: string[] = []
  return { out: { write: (text: string) => parts.push(text) > 0 }, text: () => parts.join('') }
}

describe('runSteps', () => {
  it('runs what is not done, once, saying what it does and how long it took', async () => {
    const done = new Set(['packages'])
    const ran: string[] = []
    const steps = ['packages', 'python', 'build'].map((name) => ({
      name,
      isDone: () => done.has(name),
      run: async () => {
        ran.push(name)
        done.add(name)
      },
    }))
    const first = spoken()
    await runSteps(steps, { home: '/nowhere', out: first.out })
    expect(ran).toEqual(['python', 'build'])
    expect(first.text()).toMatch(/✓ Production build of the studio \(\d+\.\d s\)/)

    const second = spoken()
    await runSteps(steps, { home: '/nowhere', out: second.out })
    expect(ran).toEqual(['python', 'build'])
    expect(second.text()).toBe('')
  })

  it('takes turns with another set-up of the same checkout', async () => {
    let running = 0
    let most = 0
    const step = () => {
      let isDone = false
      return {
        name: 'build',
        isDone: () => isDone,
        run: async () => {
          running += 1
          most = Math.max(most, running)
          await new Promise((resolve) => setImmediate(resolve))
          running -= 1
          isDone = true
        },
      }
    }
    const { out } = spoken()
    await Promise.all([runSteps([step()], { home: '/nowhere', out }), runSteps([step()], { home: '/nowhere', out })])
    expect(most).toBe(1)
  })
})

describe('refuseFullDisk', () => {
  it('says how much is free and how much is needed', () => {
    expect(() => refuseFullDisk(temporaryDirectory(), 1e9)).toThrow(/has [\d.]+ GB free; this step needs 1000000000 GB/)
    expect(() => refuseFullDisk('/', 0)).not.toThrow()
  })
})
