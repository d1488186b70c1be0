import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Table } from '@/app/_ui/table'
import type { DatasetVersion } from '@/lib/generated/prisma/client'
import type { DatasetChange } from '@/lib/stages/training/comparison'

/** How the pairs of the dataset versions differ, with the way to the pairs themselves. */
export async function DatasetChanges({ projectId, changes }: { projectId: string; changes: readonly DatasetChange[] }) {
  const [t, { number }] = await Promise.all([getTranslator('training'), getFormatter()])
  const nameOf = ({ ordinal, name }: DatasetVersion) => [`v${ordinal}`, name].filter(Boolean).join(' · ')
  return (
    <>
      <h2 className="mt-8 mb-2 text-lg font-semibold">{t('compare.datasets')}</h2>
      <Table
        label={t('compare.datasets')}
        rows={changes}
        rowKey={({ to }) => to.id}
        columns={[
          {
            key: 'versions',
            head: t('dataset'),
            cell: ({ from, to }) => (
              <Link href={`/projects/${projectId}/pairs/versions/compare?a=${from.ordinal}&b=${to.ordinal}`} className="whitespace-nowrap text-ink underline decoration-line underline-offset-4 hover:decoration-current">
                {`${nameOf(from)} → ${nameOf(to)}`}
              </Link>
            ),
          },
          { key: 'training', head: t('compare.trainingPairs'), number: true, cell: ({ from, to }) => `${number(from.trainingPairs)} → ${number(to.trainingPairs)}` },
          { key: 'validation', head: t('compare.validationPairs'), number: true, cell: ({ from, to }) => `${number(from.validationPairs)} → ${number(to.validationPairs)}` },
          { key: 'added', head: t('compare.added'), number: true, cell: ({ difference }) => number(difference.counts.added) },
          { key: 'removed', head: t('compare.removed'), number: true, cell: ({ difference }) => number(difference.counts.removed) },
          { key: 'reworded', head: t('compare.reworded'), number: true, cell: ({ difference }) => number(difference.counts.reworded) },
          { key: 'moved', head: t('compare.moved'), number: true, cell: ({ difference }) => number(difference.counts.moved) },
          { key: 'same', head: t('compare.samePairs'), number: true, cell: ({ difference }) => number(difference.same) },
        ]}
      />
    </>
  )
}
