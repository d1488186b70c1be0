import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PairTabs } from '@/app/projects/[projectId]/pairs/_components/pair-tabs'
import { type PageQuery, queryOf } from '@/app/projects/[projectId]/pairs/_source'
import { ComparePicker } from '@/app/_ui/compare-picker'
import { settingLabel, settingWord } from '@/app/projects/[projectId]/pairs/versions/_components/setting-words'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { PageHead } from '@/app/_ui/page-head'
import { Table } from '@/app/_ui/table'
import { datasetDifference, differences, type DifferentPair } from '@/lib/stages/pairs/dataset-difference'
import { listDatasetVersions } from '@/lib/stages/pairs/datasets'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<PageQuery> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('pairs'))('compare') }
}

/** Two frozen versions beside each other: settings, counts, and the pairs in which they differ. */
export default async function ComparePage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = queryOf(await searchParams)
  const [t, { number }, all] = await Promise.all([getTranslator('pairs'), getFormatter(), listDatasetVersions(projectId)])
  const frozen = all.filter(({ sha256 }) => sha256 !== null)
  const of = (name: string) => frozen.find(({ ordinal }) => String(ordinal) === query.get(name))
  const [one, other] = [of('a'), of('b')]
  if (!one || !other) notFound()
  const difference = await datasetDifference(one, other)
  const here = `/projects/${projectId}/pairs`
  const nameOf = (version: typeof one) => [t('version', { ordinal: version.ordinal }), version.name].filter(Boolean).join(' · ')
  const figures = [
    { name: t('figure.training'), before: number(one.trainingPairs), after: number(other.trainingPairs) },
    { name: t('figure.validation'), before: number(one.validationPairs), after: number(other.validationPairs) },
    { name: t('figure.characters'), before: number(one.characters), after: number(other.characters) },
    ...difference.settings.map((setting) => ({ name: settingLabel(t, setting.name), before: settingWord({ t, number }, setting.name, setting.before), after: settingWord({ t, number }, setting.name, setting.after) })),
  ]
  return (
    <>
      <PageHead title={t('compare')} />
      <PairTabs projectId={projectId} current="versions" />
      <ComparePicker href={`${here}/versions/compare`} options={frozen.map((version) => ({ ordinal: version.ordinal, label: nameOf(version) }))} words={{ compare: t('compare'), first: t('older'), second: t('newer') }} className="mb-4" chosen={[one.ordinal, other.ordinal]} />
      <Table
        label={t('figures')}
        columns={[
          { key: 'name', head: t('figure.what'), cell: (row) => row.name },
          { key: 'before', head: nameOf(one), number: true, cell: (row) => row.before },
          { key: 'after', head: nameOf(other), number: true, cell: (row) => <span className={row.before === row.after ? undefined : 'font-semibold'}>{row.after}</span> },
        ]}
        rows={figures}
        rowKey={(row) => row.name}
      />
      <p className="mt-3 mb-6 text-muted">{t('samePairs', { count: difference.same })}</p>
      {differences.map((kind) => (
        <section key={kind} aria-labelledby={kind} className="mb-8">
          <h2 id={kind} className="mt-0 mb-2 text-base font-semibold">
            {t(`difference.${kind}`, { count: difference.counts[kind] })}
          </h2>
          <ul className="m-0 list-none p-0">
            {difference.pairs[kind].map((pair, at) => (
              <li key={at} className="border-t border-line py-2">
                <PairDifference pair={pair} here={here} words={{ training: t('figure.training'), validation: t('figure.validation') }} />
              </li>
            ))}
          </ul>
          {difference.counts[kind] > difference.pairs[kind].length && <p className="m-0 text-sm text-muted">{t('onlyFirst', { count: difference.pairs[kind].length })}</p>}
        </section>
      ))}
    </>
  )
}

function PairDifference({ pair, here, words }: { pair: DifferentPair; here: string; words: Record<string, string> }) {
  const side = (split: string | null) => (split === null ? '' : (words[split] ?? split))
  const premise = pair.after ?? pair.before ?? ''
  return (
    <div className="flex flex-wrap items-baseline gap-x-3">
      {pair.before !== null && pair.after !== null && pair.before !== pair.after && <s lang="zh-CN" className="font-serif text-muted">{pair.before}</s>}
      {pair.name === null ? (
        <span lang="zh-CN" className="font-serif text-[15px]">{premise}</span>
      ) : (
        <Link href={`${here}/${pair.name}`} lang="zh-CN" className="font-serif text-[15px] text-ink underline decoration-line underline-offset-4 hover:decoration-current">
          {premise}
        </Link>
      )}
      <span className="text-sm text-muted">{[pair.novel, pair.chapter].filter(Boolean).join(' · ')}</span>
      {pair.sideBefore !== null && pair.sideAfter !== null && pair.sideBefore !== pair.sideAfter && <span className="text-sm text-muted">{`${side(pair.sideBefore)} → ${side(pair.sideAfter)}`}</span>}
    </div>
  )
}
