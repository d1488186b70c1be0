import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { ring } from '@/lib/queue/enqueue'
import { requestPause, resume } from '@/lib/queue/lease'

/** Lets the stories in flight of a writing or rewriting end and asks for no more. Throws run.missing. */
export async function pauseStories(projectId: string, jobId: string): Promise<void> {
  await requestPause(await writingJob(projectId, jobId))
}

/** Goes on with a paused one from what is written. Throws run.missing. */
export async function resumeStories(projectId: string, jobId: string): Promise<void> {
  const job = await resume(await writingJob(projectId, jobId))
  if (job) await ring(job)
}

async function writingJob(projectId: string, id: string): Promise<string> {
  const job = await db().job.findFirst({ where: { id, projectId, name: { in: ['write-stories', 'rewrite-stories'] } }, select: { id: true } })
  if (!job) throw new MolianError('run.missing', { what: 'story run' })
  return job.id
}
