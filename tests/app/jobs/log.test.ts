import { randomUUID } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { GET } from '@/app/api/jobs/[jobId]/log/route'
import { db } from '@/lib/db'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
// Next gives cookies only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

const read = async (jobId: string, after?: number | string, host = 'localhost:3000') => {
  const query = after === undefined ? '' : `?after=${after}`
  const answer = await GET(new Request(`http://localhost:3000/api/jobs/${jobId}/log${query}`, { headers: { host } }), { params: Promise.resolve({ jobId }) })
  return { status: answer.status, body: await answer.json() }
}

async function jobWithLog(count: number): Promise<{ id: string; ids: number[] }> {
  const job = await makeJob()
  await db().logLine.createMany({ data: Array.from({ length: count }, (_, at) => ({ jobId: job.id, epoch: 1, source: 'train', text: `line ${at}` })) })
  const lines = await db().logLine.findMany({ where: { jobId: job.id }, orderBy: { id: 'asc' }, select: { id: true } })
  return { id: job.id, ids: lines.map((line) => line.id) }
}

describe('GET /api/jobs/…/log', () => {
  it('begins with the end of the log, and says whether there is more before it', async () => {
    const { id, ids } = await jobWithLog(620)
    const { body } = await read(id)
    expect(body).toMatchObject({ earlier: true, more: false })
    expect(body.lines.map((line: { id: number }) => line.id)).toEqual(ids.slice(120))
    expect(body.lines.at(-1)).toMatchObject({ source: 'train', text: 'line 619' })
    expect((await read((await jobWithLog(3)).id)).body).toMatchObject({ earlier: false, lines: [{ text: 'line 0' }, { text: 'line 1' }, { text: 'line 2' }] })
  })

  it('goes on after a line, a piece at a time, losing none', async () => {
    const { id, ids } = await jobWithLog(1203)
    const seen: number[] = []
    let after = (ids[0] ?? 0) - 1
    for (;;) {
      const { body } = await read(id, after)
      seen.push(...body.lines.map((line: { id: number }) => line.id))
      after = seen.at(-1) ?? after
      if (!body.more) break
    }
    expect(seen).toEqual(ids)
    expect((await read(id, after)).body).toEqual({ lines: [], earlier: false, more: false })
  })

  it('says 404 for a job that is not there, and answers no strange host', async () => {
    for (const id of [randomUUID(), 'no-id']) expect((await read(id)).status).toBe(404)
    const { id } = await jobWithLog(1)
    expect((await read(id, undefined, 'evil.example')).status).toBe(403)
  })
})
