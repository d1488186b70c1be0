import type { getTranslator } from '@/app/_i18n/server'
import type { TrainingRun } from '@/lib/generated/prisma/client'

type Words = Awaited<ReturnType<typeof getTranslator<'training'>>>

/** A run as people speak of it: its number, and the name that it was given. */
export function runTitle(t: Words, run: Pick<TrainingRun, 'ordinal' | 'name'>): string {
  const number = t('run', { ordinal: run.ordinal })
  return run.name === '' ? number : `${number} · ${run.name}`
}
