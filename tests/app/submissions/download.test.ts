import { createHash, randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync, rmSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { GET } from '@/app/api/submissions/[submissionId]/download/route'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import type { Submission } from '@/lib/generated/prisma/client'
import { keptFile } from '@/lib/stages/submissions/kept-file'
import { makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { row, sendTest } from '@/tests/support/project-files'
import { runNextWell, runStoriesWell } from '@/tests/support/run-next'
import { startStoryRun, startSubmit } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
// Next gives cookies only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

let written: Promise<{ projectId: string; storyRunId: string }> | undefined
/** One finished run for all tests; the first to ask for it has it written. */
const finishedRun = () => (written ??= writeStories())

async function writeStories(): Promise<{ projectId: string; storyRunId: string }> {
  const projectId = await makeProject()
  const upload = await sendTest(projectId, [row('雪夜归人'), row('江上的灯'), row('雪夜归人')])
  const server = await startOpenaiServer((asked) => says(asked, '他回来了。“谁？”\n“我。”😀'))
  const { id } = await startStoryRun(projectId, upload.id, server.url)
  await runStoriesWell()
  return { projectId, storyRunId: id }
}

async function made(minimumCharacters: number): Promise<Submission> {
  const { projectId, storyRunId } = await finishedRun()
  const { id } = await startSubmit(projectId, storyRunId, minimumCharacters)
  const known = await db().submission.findUniqueOrThrow({ where: { id } })
  if (known.sha256 === null) await runNextWell()
  return db().submission.findUniqueOrThrow({ where: { id } })
}

const download = (submissionId: string, host = 'localhost:3000') =>
  GET(new Request(`http://localhost:3000/api/submissions/${submissionId}/download`, { headers: { host } }), { params: Promise.resolve({ submissionId }) })

describe('the download of a submission', () => {
  it('is the very file that was checked, with its hash', async () => {
    const submission = await made(1)
    const answer = await download(submission.id)
    expect(answer.status).toBe(200)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.equals(readFileSync(inHome(submission.path ?? '')))).toBe(true)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(submission.sha256)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-disposition': 'attachment; filename="submit.json"',
      'content-length': String(bytes.length),
      'repr-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
      'x-sha256': submission.sha256,
    })
  })

  it('is refused when a check failed, with the row and the reason', async () => {
    const answer = await download((await made(500)).id)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'submission.check-failed', error: expect.stringContaining('500') })
  })

  it('is refused when the file is no longer the one that was checked', async () => {
    const submission = await made(2)
    appendFileSync(inHome(submission.path ?? ''), '\n')
    expect(await (await download(submission.id)).json()).toMatchObject({ code: 'submission.file-changed' })
    expect(await keptFile(submission)).toBe('other')
    rmSync(inHome(submission.path ?? ''))
    expect(await (await download(submission.id)).json()).toMatchObject({ code: 'submission.file-gone', error: expect.stringContaining('不在本机') })
    expect(await keptFile(submission)).toBe('gone')
  })

  it('says 404 for one that is not there, and answers no strange host', async () => {
    for (const id of [randomUUID(), 'no-id']) expect((await download(id)).status).toBe(404)
    expect((await download((await made(1)).id, 'evil.example')).status).toBe(403)
  })
})
