import { randomUUID } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { GET as rowsRoute } from '@/app/api/stories/[storyRunId]/rows/route'
import { GET as storyRoute } from '@/app/api/stories/[storyRunId]/rows/[storyId]/route'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { writingPace } from '@/lib/stages/stories/pace'
import { findStoryRun, storyEndings } from '@/lib/stages/stories/stories'
import { makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { row, sendTest } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { startStoryRun } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
// Next gives cookies only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

const text = '江上起了雾。'.repeat(30)
let made: Promise<{ projectId: string; storyRunId: string }> | undefined
/** One finished run for all tests; the first to ask for it has it written. */
const finishedRun = () => (made ??= writeStories())

async function writeStories(): Promise<{ projectId: string; storyRunId: string }> {
  const projectId = await makeProject()
  const upload = await sendTest(projectId, [row('雪夜归人'), row('江上的灯'), { instruction: '只有指令', input: '' }])
  const server = await startOpenaiServer((asked, count) => says(asked, count === 0 ? text : `第${count}篇在这里，不长。`))
  const { id } = await startStoryRun(projectId, upload.id, server.url, { concurrency: 1 })
  await runNextWell()
  return { projectId, storyRunId: id }
}

const asked = (query = '', host = 'localhost:3000') => new Request(`http://localhost:3000/${query}`, { headers: { host } })
async function rows(after?: number, run?: string) {
  const storyRunId = run ?? (await finishedRun()).storyRunId
  return (await rowsRoute(asked(after === undefined ? '' : `?after=${after}`), { params: Promise.resolve({ storyRunId }) })).json()
}
async function story(storyId: string, run?: string) {
  const storyRunId = run ?? (await finishedRun()).storyRunId
  return storyRoute(asked(), { params: Promise.resolve({ storyRunId, storyId }) })
}

describe('the rows of a story run', () => {
  it('come in the order in which they were finished, with their opening only', async () => {
    const { rows: lines, more } = await rows()
    expect(more).toBe(false)
    expect(lines.map((line: { ordinal: number; premise: string }) => [line.ordinal, line.premise])).toEqual([[0, '雪夜归人'], [1, '江上的灯'], [2, '只有指令']])
    expect(lines[0]).toMatchObject({ characters: 150, outcome: 'good', finishReason: 'stop' })
    expect([...lines[0].opening]).toHaveLength(80)
    expect((await rows(lines[1].id)).rows).toEqual([lines[2]])
    expect((await rows(lines[2].id)).rows).toEqual([])
    for (const id of [randomUUID(), 'no-id']) expect(await rows(undefined, id)).toMatchObject({ code: 'run.missing' })
  })

  it('open to the whole story', async () => {
    const { rows: lines } = await rows()
    const answer = await story(String(lines[0].id))
    expect(await answer.json()).toMatchObject({ text, tryNumber: 1, tries: [{ text, number: 1, kind: 'written', seed: expect.any(Number) }] })
    expect((await story('999999')).status).toBe(404)
    expect((await story(String(lines[0].id), randomUUID())).status).toBe(404)
    expect((await story('no-id')).status).toBe(404)
  })

  it('say how they ended and who wrote them', async () => {
    const { projectId, storyRunId } = await finishedRun()
    const run = await findStoryRun(projectId, storyRunId)
    expect(run && writerName(run)).toContain('writer')
    expect(await storyEndings(storyRunId)).toEqual([{ reason: 'stop', count: 3 }])
    expect((await writingPace(storyRunId)).ms).toBeGreaterThan(0)
  })

  it('are for no strange host', async () => {
    const params = Promise.resolve({ storyRunId: randomUUID(), storyId: '1' })
    expect((await rowsRoute(asked('', 'evil.example'), { params })).status).toBe(403)
    expect((await storyRoute(asked('', 'evil.example'), { params })).status).toBe(403)
  })
})
