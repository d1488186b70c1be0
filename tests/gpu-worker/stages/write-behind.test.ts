import { describe, expect, it } from 'vitest'
import { writeBehind } from '@/gpu-worker/write-behind'

/** Writes that stay open until they are told how they end. */
function writes() {
  const batches: number[][] = []
  const endings: ((error?: Error) => void)[] = []
  const write = (batch: number[]) =>
    new Promise<void>((resolve, reject) => {
      batches.push(batch)
      endings.push((error) => (error ? reject(error) : resolve()))
    })
  const end = async (error?: Error) => {
    endings.shift()?.(error)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { batches, write, end }
}

describe('writeBehind', () => {
  it('writes the first at once and what comes meanwhile together, in order and once', async () => {
    const { batches, write, end } = writes()
    const behind = writeBehind(write, () => {})
    for (const item of [1, 2, 3]) behind.add(item)
    expect(batches).toEqual([[1]])
    await end()
    expect(batches).toEqual([[1], [2, 3]])
    behind.add(4)
    await end()
    const drained = behind.drained()
    await end()
    await drained
    expect(batches).toEqual([[1], [2, 3], [4]])
    behind.add(5)
    expect(batches).toHaveLength(4)
    await end()
    await behind.drained()
  })

  it('tells of the first failed write once, writes nothing more, and fails when drained', async () => {
    const { batches, write, end } = writes()
    const told: unknown[] = []
    const behind = writeBehind(write, (error) => told.push(error))
    behind.add(1)
    behind.add(2)
    const full = new Error('disk full')
    await end(full)
    behind.add(3)
    expect(batches).toEqual([[1]])
    expect(told).toEqual([full])
    await expect(behind.drained()).rejects.toBe(full)
    await expect(behind.drained()).rejects.toBe(full)
  })

  it('has nothing to wait for when nothing was added', async () => {
    await writeBehind(() => Promise.reject(new Error('written')), () => {}).drained()
  })
})
