import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Table } from '@/app/_ui/table'
import type { JudgeReport } from '@/lib/stages/submissions/judge-votes'

/** How each model has judged: whether it says the same in both orders, whether the place sways it, and how far people say the same. Shown whoever's votes are counted. */
export async function JudgeTable({ reports }: { reports: readonly JudgeReport[] }) {
  const [t, { number }] = await Promise.all([getTranslator('judge'), getFormatter()])
  const share = (count: number, of: number) => (of === 0 ? t('nothingYet') : t('share', { share: number(count / of, { style: 'percent', maximumFractionDigits: 0 }), count, of }))
  return (
    <section aria-labelledby="judges">
      <h2 id="judges" className="mt-6 mb-1 text-base font-semibold">{t('reports')}</h2>
      <Table
        label={t('reports')}
        rows={reports}
        rowKey={({ judge }) => judge}
        columns={[
          { key: 'name', head: t('judge'), className: 'min-w-40 [overflow-wrap:anywhere]', cell: ({ name }) => <b className="font-semibold">{name}</b> },
          { key: 'pairs', head: t('judged'), number: true, cell: ({ pairs }) => number(pairs) },
          { key: 'people', head: t('withPeople'), cell: ({ withPeople, agreed, alpha }) => (withPeople === 0 ? t('noPeople') : <>{share(agreed, withPeople)}{alpha !== null && <span className="block text-xs text-muted">{t('alpha', { alpha: number(alpha, { maximumFractionDigits: 2 }) })}</span>}</>) },
          { key: 'consistent', head: t('consistent'), cell: ({ consistent, pairs }) => share(consistent, pairs) },
          { key: 'first', head: t('first'), cell: ({ firstPreferred, decided }) => share(firstPreferred, decided) },
          { key: 'abstained', head: t('abstained'), cell: ({ abstained, answers }) => share(abstained, answers) },
        ]}
      />
      <p className="mt-2 mb-0 max-w-[60em] text-sm text-muted">{t('reportHint')}</p>
    </section>
  )
}
