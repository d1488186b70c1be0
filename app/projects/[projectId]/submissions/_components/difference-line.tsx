import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import type { Difference } from '@/lib/stages/submissions/history'

/** In how many rows a submission differs from the one before it, and how those came about; leads to the rows themselves. */
export async function DifferenceLine({ projectId, submissionId, difference: { before, rows, kinds } }: { projectId: string; submissionId: string; difference: Difference }) {
  const t = await getTranslator('submission-history')
  if (rows === null) return <span>{t('unknown', { ordinal: before.ordinal })}</span>
  if (rows === 0) return <span>{t('alike', { ordinal: before.ordinal })}</span>
  return (
    <span>
      <Link href={`/projects/${projectId}/submissions/${submissionId}#changes`} className="text-ink underline decoration-line underline-offset-4">{t('differs', { ordinal: before.ordinal, rows })}</Link>
      {t('because', { kinds: kinds.map(({ kind, rows: count }) => t(`kindCount.${kind}`, { count })).join(t('comma')) })}
    </span>
  )
}
