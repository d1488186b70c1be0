import { headingWords } from '@/app/_novels/heading-words'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Pages } from '@/app/_ui/pages'
import { TabLinks } from '@/app/_ui/tab-links'
import { Tag } from '@/app/_ui/tag'
import type { DatasetVersion } from '@/lib/generated/prisma/client'
import { pairName } from '@/lib/stages/pairs/source'
import { pairsOfVersion, versionPage } from '@/lib/stages/pairs/datasets'

type Shown = 'training' | 'validation' | null

/** The pairs of a version as they were frozen, each leading to where it comes from. */
export async function VersionPairs({ projectId, version, split, page }: { projectId: string; version: DatasetVersion; split: Shown; page: number }) {
  const ui = await getTranslator('ui')
  const [t, { number }, pairs] = await Promise.all([getTranslator('pairs'), getFormatter(), pairsOfVersion(version.id, split, page)])
  const here = `/projects/${projectId}/pairs/versions/${version.id}`
  const address = (side: Shown, at = 1) => `${here}?${new URLSearchParams({ ...(side ? { split: side } : {}), ...(at > 1 ? { page: String(at) } : {}) })}#pairs`
  const totals = { all: version.trainingPairs + version.validationPairs, training: version.trainingPairs, validation: version.validationPairs }
  const sides = [
    { side: null, label: t('filters.all'), total: totals.all },
    { side: 'training' as const, label: t('figure.training'), total: totals.training },
    { side: 'validation' as const, label: t('figure.validation'), total: totals.validation },
  ]
  return (
    <section aria-labelledby="pairs" className="min-w-0">
      <h2 id="pairs" className="mt-0 mb-2 scroll-mt-20 text-lg font-semibold">
        {t('frozenPairs')}
      </h2>
      <TabLinks label={t('figure.sides')} links={sides.map(({ side, label, total }) => ({ href: address(side), label: `${label} ${number(total)}`, current: side === split }))} />
      <ol className="m-0 list-none p-0">
        {pairs.map((pair) => {
          const name = pair.premiseId !== null ? pairName({ kind: 'run', id: pair.premiseId }) : pair.importedPairId !== null ? pairName({ kind: 'import', id: pair.importedPairId }) : null
          return (
            <li key={pair.ordinal} className="grid grid-cols-[3em_minmax(0,1fr)] gap-x-3 border-b border-line py-2">
              <span className="text-right text-sm text-muted">{number(pair.ordinal + 1)}</span>
              <div className="min-w-0">
                {name === null ? (
                  <span lang="zh-CN" className="font-serif text-[15px]">{pair.premise}</span>
                ) : (
                  <Link href={`/projects/${projectId}/pairs/${name}`} lang="zh-CN" className="font-serif text-[15px] text-ink underline decoration-line underline-offset-4 [overflow-wrap:anywhere] hover:decoration-current">
                    {pair.premise}
                  </Link>
                )}
                <p className="m-0 flex items-baseline gap-x-3 text-sm text-muted">
                  <Tag>{t(`figure.${pair.split}`)}</Tag>
                  <span className="shrink-0">{[pair.novel, headingWords(pair.chapter, ui('front'))].filter(Boolean).join(' · ')}</span>
                  <span lang="zh-CN" className="hidden truncate sm:inline">{pair.passage.slice(0, 80)}</span>
                </p>
              </div>
            </li>
          )
        })}
      </ol>
      <Pages page={page} size={versionPage} total={sides.find(({ side }) => side === split)?.total ?? 0} href={(to) => address(split, to)} />
    </section>
  )
}
