import { describe, expect, it } from 'vitest'
import { groupCommit } from '@/gpu-worker/group-commit'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

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
    await turn()
  }
  return { batches, write, end }
}

describe('groupCommit', () => {
  it('writes the first at once and what comes meanwhile together, in order and once', async () => {
    const { batches, write, end } = writes()
    const keep = groupCommit(write)
    const written: number[] = []
    const add = (item: number) => void keep(item).then(() => written.push(item))
    add(1)
    await turn()
    for (const item of [2, 3]) add(item)
    await turn()
    expect([batches, written]).toEqual([[[1]], []])
    await end()
    expect([batches, written]).toEqual([[[1], [2, 3]], [1]])
    add(4)
    await turn()
    expect(batches).toHaveLength(2)
    await end()
    expect([batches, written]).toEqual([[[1], [2, 3], [4]], [1, 2, 3]])
    await end()
    add(5)
    await turn()
    await end()
    expect([batches.at(-1), written]).toEqual([[5], [1, 2, 3, 4, 5]])
  })

  it('writes nothing more after a write that failed, and refuses what waits and what comes', async () => {
    const { batches, write, end } = writes()
    const keep = groupCommit(write)
    const full = new Error('disk full')
    const ends = [1, 2].map((item) => expect(keep(item)).rejects.toBe(full))
    await turn()
    ends.push(expect(keep(3)).rejects.toBe(full))
    await end(full)
    ends.push(expect(keep(4)).rejects.toBe(full))
    await Promise.all(ends)
    await expect(keep(5)).rejects.toBe(full)
    expect(batches).toEqual([[1, 2]])
  })
})
