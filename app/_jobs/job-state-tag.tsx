import { getTranslator } from '@/app/_i18n/server'
import { Tag, type TagKind } from '@/app/_ui/tag'
import type { Job } from '@/lib/generated/prisma/client'

const kinds: Record<Job['state'], TagKind> = { queued: 'plain', running: 'plain', paused: 'warn', succeeded: 'ok', failed: 'bad', cancelled: 'warn' }

/** The state of a job as a word; a running one that was asked to end says so. */
export async function JobStateTag({ job, early = false }: { job: Pick<Job, 'state' | 'stopRequest'>; early?: boolean }) {
  const t = await getTranslator('jobs')
  const stopping = (job.state === 'running' || job.state === 'queued') && job.stopRequest !== 'none'
  const pausing = stopping && job.stopRequest === 'pause'
  return <Tag kind={early ? 'warn' : kinds[job.state]}>{pausing ? t('state.pausing') : stopping ? t('state.stopping') : early ? t('state.early') : t(`state.${job.state}`)}</Tag>
}
