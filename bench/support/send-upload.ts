import { openAsBlob } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { waitForJob } from '@/bin/whole-job/wait-for-job'
import { db } from '@/lib/db'
import { END_BYTES, shownBytes } from '@/lib/stages/uploads/fingerprint'

const begun = z.object({ id: z.uuid(), offset: z.number() })

/** Sends a file of novels to the studio as its page does, and waits until the worker has read it. Returns the upload's id. */
export async function sendNovels(url: string, projectId: string, file: string): Promise<string> {
  const bytes = await openAsBlob(file)
  const first = Math.min(bytes.size, END_BYTES)
  const ends = await new Blob([bytes.slice(0, first), bytes.slice(bytes.size - (shownBytes(bytes.size) - first))]).arrayBuffer()
  const query = new URLSearchParams({ project: projectId, kind: 'novels', name: path.basename(file), bytes: String(bytes.size) })
  const headers = { origin: url }
  const { id, offset } = begun.parse(await answerOf(await fetch(`${url}/api/uploads?${query}`, { method: 'POST', headers, body: ends })))
  await answerOf(await fetch(`${url}/api/uploads/${id}?offset=${offset}`, { method: 'PATCH', headers, body: bytes.slice(offset) }))
  const { jobId } = await db().upload.findUniqueOrThrow({ where: { id } })
  if (!jobId) throw new Error('The upload is not whole')
  await waitForJob(jobId, () => {})
  return id
}

/** The answer as JSON; throws with the server's words where it refuses. */
export async function answerOf(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.status} ${response.url}: ${await response.text()}`)
  return response.json()
}
