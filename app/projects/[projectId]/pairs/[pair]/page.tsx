import { ArrowLeft, ArrowRight, Undo2 } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AlikePairs } from '@/app/projects/[projectId]/pairs/_components/alike-pairs'
import { FlawTags } from '@/app/projects/[projectId]/pairs/_components/flaw-tags'
import { PairKeys } from '@/app/projects/[projectId]/pairs/_components/pair-keys'
import { PairLineage } from '@/app/projects/[projectId]/pairs/_components/pair-lineage'
import { PassageInPlace } from '@/app/projects/[projectId]/pairs/_components/passage-in-place'
import { PremiseEditor } from '@/app/projects/[projectId]/pairs/_components/premise-editor'
import { VerdictButtons } from '@/app/projects/[projectId]/pairs/_components/verdict-buttons'
import { undoOnPair } from '@/app/projects/[projectId]/pairs/actions'
import { type PageQuery, queryOf, sourcesOf } from '@/app/projects/[projectId]/pairs/_source'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { buttonClass } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Tag } from '@/app/_ui/tag'
import { UndoKeyButton } from '@/app/projects/[projectId]/pairs/_components/undo-key-button'
import { filterOf, filterQuery } from '@/lib/stages/pairs/filter'
import { pairDetail, pairPlace } from '@/lib/stages/pairs/detail'
import { lastDecision } from '@/lib/stages/pairs/decisions'
import { pairNameSchema, sourceOfPair } from '@/lib/stages/pairs/source'

type Props = { params: Promise<{ projectId: string; pair: string }>; searchParams: Promise<PageQuery> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('pairs'))('onePair') }
}

/** One pair a screen: its passage in its place in the novel, its premise, what is known of both, and a person's word by keyboard. */
export default async function PairPage({ params, searchParams }: Props) {
  const { projectId, pair: name } = await params
  const given = queryOf(await searchParams)
  const ref = pairNameSchema.safeParse(name)
  const source = ref.success ? await sourceOfPair(projectId, ref.data).catch(() => null) : null
  if (!ref.success || !source) notFound()
  const filter = filterOf(given)
  const [t, { number }, pair, place, sources, last] = await Promise.all([
    getTranslator('pairs'),
    getFormatter(),
    pairDetail(source, ref.data.id),
    pairPlace(source, filter, ref.data.id),
    sourcesOf(projectId),
    lastDecision(source),
  ])
  if (!pair) notFound()
  const own = sources.find((entry) => entry.source.id === source.id)?.query ?? ''
  const query = [own, filterQuery(filter).toString()].filter(Boolean).join('&')
  const base = `/projects/${projectId}/pairs`
  const isEdited = pair.edited !== null
  const label = place.isAmong ? t('pairOf', { page: number(place.at), total: number(place.total) }) : t('pairBeside', { total: number(place.total) })
  return (
    <ClientMessages areas={['pairs']}>
      <h1 className="sr-only">{t('onePair')}</h1>
      <PairKeys key={name} label={label}>
        <div className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-2">
          <Link href={`${base}?${query}`} className="text-muted underline decoration-line underline-offset-4 hover:text-ink">
            {t('backToTable')}
          </Link>
          {place.previous && (
            <Link href={`${base}/${place.previous}?${query}`} data-key="ArrowLeft" replace className={buttonClass('plain', true)} rel="prev">
              <ArrowLeft size={14} aria-hidden />
              <span className="max-sm:sr-only">{t('previous')}</span>
            </Link>
          )}
          <span>{label}</span>
          {place.next && (
            <Link href={`${base}/${place.next}?${query}`} data-key="ArrowRight" replace className={buttonClass('plain', true)} rel="next">
              <span className="max-sm:sr-only">{t('next')}</span>
              <ArrowRight size={14} aria-hidden />
            </Link>
          )}
          {last && (
            <ActionForm action={undoOnPair} values={{ projectId, kind: source.kind, sourceId: source.id, query }} label={t('undo')}>
              <UndoKeyButton>
                <Undo2 size={14} aria-hidden />
                {t('undo')}
              </UndoKeyButton>
            </ActionForm>
          )}
          <span className="hidden text-sm text-muted md:inline">{t('keys')}</span>
        </div>
        <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
          {/* One column: premise, passage, then where it comes from. */}
          <div className="contents lg:sticky lg:grid lg:content-start lg:gap-4 lg:self-start lg:top-[76px] lg:order-2 lg:max-h-[calc(100dvh-96px)] lg:overflow-y-auto">
            <p className="m-0 flex flex-wrap items-center gap-2 empty:hidden">
              {isEdited && <Tag kind="ok">{t('filters.edited')}</Tag>}
              {!isEdited && pair.outcome === 'good' && source.kind === 'run' && <Tag kind="ok">{t('filters.good')}</Tag>}
              {!isEdited && pair.outcome === 'refused' && <Tag kind="bad">{t('refused')}</Tag>}
              {!isEdited && <FlawTags flaws={pair.flaws} />}
              {pair.score !== null && <Tag>{t('scoreOf', { score: pair.score })}</Tag>}
              {(pair.premiseGroup !== null || pair.passageGroup !== null) && <Tag kind="warn">{t('isDuplicate')}</Tag>}
              {pair.isLeftOut && <Tag kind="warn">{t('isLeftOut')}</Tag>}
            </p>
            {pair.leakOf !== null && (
              <p className="m-0 text-seal">
                {t('leaksOf')} <q lang="zh-CN">{pair.leakOf}</q>
              </p>
            )}
            <PremiseEditor key={name} projectId={projectId} pair={name} premise={pair.premise} written={pair.written} beginsEditing={given.get('edit') === '1'} />
            <VerdictButtons key={`verdict-${name}`} projectId={projectId} pair={name} verdict={pair.verdict} />
            <AlikePairs base={base} sourceQuery={own} source={source} pair={pair} />
            <div className="order-2">
              <PairLineage projectId={projectId} pair={ref.data} />
            </div>
          </div>
          <div className="order-1 min-w-0 lg:order-none">
            <PassageInPlace projectId={projectId} pair={pair} />
          </div>
        </div>
      </PairKeys>
    </ClientMessages>
  )
}
