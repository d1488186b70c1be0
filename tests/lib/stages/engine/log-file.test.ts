import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { artifactPath, inHome } from '@/lib/artifacts'
import { countEngineLog, engineLogAsText, readEngineLines, searchEngineLog } from '@/lib/stages/engine/log-file'
import { useStudio } from '@/tests/support/studio'

useStudio()

function logOf(text: string): { runId: string; file: string } {
  const runId = randomUUID()
  const file = inHome(artifactPath.engineLog(runId))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return { runId, file }
}

const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `(APIServer pid=7) INFO 11-24 08:00:00 [a.py:1] 第${from + at}行\n`).join('')

describe('the log of an engine', () => {
  it('is read by place, also where it has grown since it was counted', async () => {
    const { runId, file } = logOf(numbered(0, 1_000))
    expect(await countEngineLog(runId)).toMatchObject({ total: 1_000 })
    appendFileSync(file, numbered(1_000, 1_300))
    appendFileSync(file, 'half a line')
    expect(await countEngineLog(runId)).toMatchObject({ total: 1_300 })
    for (const from of [0, 255, 256, 257, 999, 1_298]) {
      const [first] = await readEngineLines(runId, { from, take: 3 })
      expect(first).toMatchObject({ id: from, source: 'info', text: expect.stringContaining(`第${from}行`) })
    }
    expect(await readEngineLines(runId, { from: 1_298, take: 500 })).toHaveLength(2)
    appendFileSync(file, ' made whole\n')
    expect(await countEngineLog(runId)).toMatchObject({ total: 1_301 })
    expect(await readEngineLines(runId, { from: 1_300, take: 5 })).toEqual([{ id: 1_300, source: '', text: 'half a line made whole' }])
  })

  it('is counted once when it is asked for twice at the same time', async () => {
    const { runId } = logOf(numbered(0, 5_000))
    const counts = await Promise.all(Array.from({ length: 6 }, () => countEngineLog(runId)))
    expect(counts.map(({ total }) => total)).toEqual(Array(6).fill(5_000))
    expect((await readEngineLines(runId, { from: 4_999, take: 1 }))[0]?.text).toContain('第4999行')
  })

  it('is searched in both directions, going on from the other end', async () => {
    const { runId } = logOf(['one', 'Two', 'three', 'two more', ''].join('\n'))
    expect(await searchEngineLog(runId, { text: 'TWO', from: 2, towards: 'later' })).toEqual({ count: 2, match: { place: 3, number: 2 } })
    expect(await searchEngineLog(runId, { text: 'two', from: 2, towards: 'earlier' })).toEqual({ count: 2, match: { place: 1, number: 1 } })
    expect(await searchEngineLog(runId, { text: 'two', from: 0, towards: 'earlier' })).toEqual({ count: 2, match: { place: 3, number: 2 } })
    expect(await searchEngineLog(runId, { text: 'four', from: 0, towards: 'later' })).toEqual({ count: 0, match: null })
  })

  it('of an engine that is not there is empty, and no other file can be named', async () => {
    const runId = randomUUID()
    expect(await countEngineLog(runId)).toEqual({ total: 0, lastId: 0 })
    const parts: string[] = []
    for await (const part of engineLogAsText(runId)) parts.push(part)
    expect(parts).toEqual([])
    await expect(countEngineLog('../../key')).rejects.toMatchObject({ code: 'engine.missing' })
  })
})
