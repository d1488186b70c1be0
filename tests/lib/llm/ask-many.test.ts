import { describe, expect, it } from 'vitest'
import { askMany, Width } from '@/lib/llm/ask-many'

const never = new AbortController().signal
const items = Array.from({ length: 20 }, (_, index) => index)

/** A piece of work that stays open until it is told to end. */
function gate() {
  const waiting: (() => void)[] = []
  return { pass: () => new Promise<void>((resolve) => waiting.push(resolve)), waiting, open: () => waiting.splice(0).forEach((resolve) => resolve()) }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('askMany', () => {
  it.each([1, 3, 20, 100])('does everything once, with %i at once', async (concurrency) => {
    const { pass, waiting, open } = gate()
    const seen: number[] = []
    let most = 0
    const whole = askMany(items, concurrency, { signal: never }, async (item) => {
      seen.push(item)
      await pass()
    })
    while (seen.length < items.length || waiting.length > 0) {
      await turn()
      most = Math.max(most, waiting.length)
      open()
    }
    await whole
    expect(seen).toEqual(items)
    expect(most).toBe(Math.min(concurrency, items.length))
  })

  it('takes nothing more after the first error, lets the others end, and throws it', async () => {
    const { pass, open } = gate()
    const begun: number[] = []
    const ended: number[] = []
    const whole = askMany(items, 4, { signal: never }, async (item) => {
      begun.push(item)
      if (item === 2) throw new Error('the first')
      await pass()
      ended.push(item)
      if (item === 3) throw new Error('the second')
    })
    const failed = expect(whole).rejects.toThrow('the first')
    await turn()
    open()
    await failed
    expect(begun).toEqual([0, 1, 2, 3])
    expect(ended).toEqual([0, 1, 3])
  })

  it('takes nothing more after an abort', async () => {
    const over = new AbortController()
    const begun: number[] = []
    const whole = askMany(items, 2, { signal: over.signal }, async (item) => {
      begun.push(item)
      if (item === 5) over.abort(new Error('over'))
      await turn()
    })
    await expect(whole).rejects.toThrow('over')
    expect(begun.length).toBeLessThanOrEqual(7)
  })

  it('does nothing when it is over before it begins, and nothing for nothing', async () => {
    await expect(askMany(items, 2, { signal: AbortSignal.abort(new Error('over')) }, () => Promise.reject(new Error('begun')))).rejects.toThrow('over')
    await askMany([], 2, { signal: never }, () => Promise.reject(new Error('begun')))
  })

  it('grows and shrinks while it goes on', async () => {
    const { pass, waiting, open } = gate()
    const width = new Width(2)
    const most: number[] = []
    const step = async (count: number) => {
      width.set(count)
      await turn()
      open()
      await turn()
      most.push(waiting.length)
    }
    const whole = askMany(Array.from({ length: 40 }, (_, index) => index), width, { signal: never }, pass)
    for (const count of [2, 6, 1, 3]) await step(count)
    expect(most).toEqual([2, 6, 1, 3])
    width.set(40)
    for (let left = 0; left < 4; left += 1) {
      await turn()
      open()
    }
    expect(await whole).toBe(true)
  })

  it('ends at a pause once what was in flight has ended, and says that there is more to do', async () => {
    const { pass, open } = gate()
    const pauser = new AbortController()
    const ended: number[] = []
    const whole = askMany(items, 3, { signal: never, pausing: pauser.signal }, async (item) => {
      await pass()
      ended.push(item)
    })
    await turn()
    pauser.abort()
    open()
    expect(await whole).toBe(false)
    expect(ended).toEqual([0, 1, 2])
  })

  it('takes items as they come, and lets go of their source', async () => {
    let isClosed = false
    async function* source() {
      try {
        for (let item = 0; item < 100; item += 1) {
          await turn()
          yield item
        }
      } finally {
        isClosed = true
      }
    }
    const seen: number[] = []
    await expect(
      askMany(source(), 2, { signal: never }, async (item) => {
        seen.push(item)
        if (item === 4) throw new Error('bad')
      }),
    ).rejects.toThrow('bad')
    expect(seen.slice(0, 5)).toEqual([0, 1, 2, 3, 4])
    expect(isClosed).toBe(true)
  })
})
