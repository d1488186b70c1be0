import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Job, Prisma } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { rewriteRule, type RewriteRule } from '@/lib/settings/rewrites'
import { flaggedRows } from '@/lib/stages/stories/flagged'
import { storiesPrint } from '@/lib/stages/stories/print'
import { storyRunSettings } from '@/lib/stages/stories/run-settings'

const withJob = { job: true } as const
export type RewriteWithJob = Prisma.StoryRewriteGetPayload<{ include: typeof withJob }>

/**
 * Queues further tries for the stories of a finished run that are as the rule says; the same rule while it still waits or runs is the
 * rewriting that there is. Throws run.missing, stories.still-writing and stories.none-flagged.
 */
export async function startRewrite(projectId: string, storyRunId: string, order: RewriteRule): Promise<{ id: string }> {
  const rule = rewriteRule.parse(order)
  const run = await db().storyRun.findFirst({ where: { id: storyRunId, projectId, previewRows: { isEmpty: true }, job: { state: 'succeeded' } } })
  const settings = storyRunSettings.safeParse(run?.settings)
  if (!run || !settings.success) throw new MolianError('run.missing', { what: 'finished story run' })
  const open = await db().storyRewrite.findFirst({ where: { storyRunId, job: { state: { in: ['queued', 'running', 'paused'] } } } })
  if (open) {
    if (workKey(rewriteRule.parse(open.settings)) === workKey(rule)) return { id: open.id }
    throw new MolianError('stories.still-writing')
  }
  if ((await flaggedRows(storyRunId, rule).next()).done) throw new MolianError('stories.none-flagged')
  const [print, tries] = await Promise.all([storiesPrint(storyRunId), db().storyTry.count({ where: { storyRunId } })])
  const key = workKey('rewrite-stories', storyRunId, rule, print, tries)
  return startOnce(
    key,
    async (id) => ({ id }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'rewrite-stories', projectId, subjectId: id, writer: settings.data.writer, idempotencyKey: key })
      const rewrite = await tx.storyRewrite.create({ data: { id, projectId, storyRunId, settings: rule, jobId: job.id }, select: { id: true } })
      return { job, run: rewrite }
    },
  )
}

/** A run's newest rewriting, with its job. */
export async function latestRewrite(storyRunId: string): Promise<RewriteWithJob | null> {
  return db().storyRewrite.findFirst({ where: { storyRunId }, include: withJob, orderBy: { createdAt: 'desc' } })
}

const resultSchema = z.object({ total: z.number().int(), tries: z.number().int() })

/** What a finished rewriting came to: rows that it took up and further tries in all. */
export function rewriteResult(job: Pick<Job, 'result'>): z.infer<typeof resultSchema> | null {
  return resultSchema.safeParse(job.result).data ?? null
}
