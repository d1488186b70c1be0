import type { Metadata } from 'next'
import { z } from 'zod'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { Table } from '@/app/_ui/table'
import { TabLinks } from '@/app/_ui/tab-links'
import { RatingTable } from '@/app/projects/[projectId]/submissions/ranking/_components/rating-table'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { JudgeTable } from '@/app/projects/[projectId]/submissions/ranking/_components/judge-table'
import { agreementWord } from '@/app/projects/[projectId]/submissions/ranking/_components/agreement-word'
import { electorates, type HeadToHead, rankByVotes } from '@/lib/stages/submissions/ranking'
import { listRounds } from '@/lib/stages/submissions/vote-rounds'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

const view = z.object({ file: z.string().optional().catch(undefined), who: z.enum(electorates).catch('people') })

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('votes'))('ranking') }
}

/** What the blind votes say, of people, of models, or of both: who is stronger and how sure that is, each against each, and how far the voters agree. */
export default async function RankingPage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams])
  const [t, judge, { number }, rounds] = await Promise.all([getTranslator('votes'), getTranslator('judge'), getFormatter(), listRounds(projectId)])
  const { file: wanted, who: asked } = view.parse(query)
  const files = [...new Map(rounds.map(({ testFile }) => [testFile.id, testFile])).values()]
  const file = files.find(({ id }) => id === wanted) ?? files[0]
  const toRounds = <LinkButton href={`/projects/${projectId}/submissions/votes`}>{t('backToRounds')}</LinkButton>
  const found = file ? await rankByVotes(projectId, file.id, asked) : null
  if (!file || !found || (found.available.people + found.available.judge === 0 && found.judges.length === 0)) {
    return (
      <>
        <PageHead title={t('ranking')} />
        <EmptyState action={toRounds}>{t('noVotes')}</EmptyState>
      </>
    )
  }
  const names = new Map(rounds.flatMap(({ runs }) => runs.map(({ storyRun }) => [storyRun.id, `#${storyRun.ordinal} ${writerName(storyRun)}`] as const)))
  const tabs = (
    <>
      {files.length > 1 && <TabLinks label={t('testFile')} links={files.map(({ id, upload }) => ({ href: `?file=${id}&who=${asked}`, label: upload.fileName, current: id === file.id }))} />}
      {found.judges.length > 0 && <TabLinks label={judge('whose')} links={electorates.map((who) => ({ href: `?file=${file.id}&who=${who}`, label: who === 'both' ? judge('who.both') : judge(`who.${who}`, { count: found.available[who] }), current: who === asked }))} />}
    </>
  )
  const judges = found.judges.length > 0 && <JudgeTable reports={found.judges} />
  if (!found.ranking) {
    return (
      <>
        <PageHead title={t('ranking')} actions={toRounds} />
        {tabs}
        <p className="my-6 text-muted">{judge('none')}</p>
        {judges}
      </>
    )
  }
  const nameOf = (run: number) => names.get(found.runIds[run] ?? '') ?? '–'
  const { undecided } = found.ranking
  return (
    <>
      <PageHead title={t('ranking')} note={t('counted', { count: found.counted, voters: found.voters.length })} actions={toRounds} />
      {tabs}
      {asked === 'both' && <p className="mt-0 mb-3 text-sm text-gamboge-text">{judge('mixed', found.available)}</p>}
      {found.stale > 0 && <p className="mt-0 mb-3 text-sm text-gamboge-text">{t('stale', { count: found.stale })}</p>}
      {found.groups.length > 1 && <p className="mt-0 mb-3 text-sm text-gamboge-text">{t('apart', { groups: found.groups.map((group) => group.map(nameOf).join('、')).join(' / ') })}</p>}
      <RatingTable ranked={found.ranking.models.map((each) => ({ ...each, name: nameOf(each.model) }))} />
      <p className="mt-2 mb-0 max-w-[60em] text-sm text-muted">{t('ratingHint')}</p>
      <h2 className="mt-6 mb-1 text-base font-semibold">{t('decided')}</h2>
      <ul className="m-0 grid list-none gap-1 p-0">
        {found.pairs.map((pair) => {
          const open = undecided.find(([one, other]) => (one === pair.one && other === pair.other) || (one === pair.other && other === pair.one))
          const [stronger, weaker] = placeOf(found.ranking, pair.one) < placeOf(found.ranking, pair.other) ? [pair.one, pair.other] : [pair.other, pair.one]
          return <li key={`${pair.one} ${pair.other}`}>{open ? t('undecided', { one: nameOf(stronger), other: nameOf(weaker) }) : t('stronger', { one: nameOf(stronger), other: nameOf(weaker) })}</li>
        })}
      </ul>
      <h2 className="mt-6 mb-1 text-base font-semibold">{t('headToHead')}</h2>
      <Table
        label={t('headToHead')}
        rows={found.pairs}
        rowKey={({ one, other }) => `${one} ${other}`}
        columns={[
          { key: 'one', head: t('one'), className: 'min-w-48', cell: ({ one }) => nameOf(one) },
          { key: 'won', head: t('won'), number: true, cell: ({ won }) => number(won) },
          { key: 'good', head: t('choice.both_good'), number: true, cell: ({ bothGood }) => number(bothGood) },
          { key: 'bad', head: t('choice.both_bad'), number: true, cell: ({ bothBad }) => number(bothBad) },
          ...(asked === 'people' ? [] : [{ key: 'contradicted', head: judge('contradicted'), number: true, cell: ({ contradicted }: HeadToHead) => number(contradicted) }]),
          { key: 'lost', head: t('won'), number: true, cell: ({ lost }) => number(lost) },
          { key: 'other', head: t('other'), className: 'w-full', cell: ({ other }) => nameOf(other) },
        ]}
      />
      {judges}
      <h2 className="mt-6 mb-1 text-base font-semibold">{t('agreement')}</h2>
      <p className="mt-0 mb-2">
        {found.agreement === null ? t('agreementNone', { count: found.judgedBySeveral }) : t('agreementIs', { alpha: number(found.agreement, { maximumFractionDigits: 2 }), word: t(`agrees.${agreementWord(found.agreement)}`), count: found.judgedBySeveral })}
      </p>
      <Table
        label={t('voters')}
        rows={found.voters}
        rowKey={({ voter }) => voter}
        columns={[
          { key: 'voter', head: t('voter'), className: 'w-full', cell: ({ voter }) => voter },
          { key: 'votes', head: t('votes'), number: true, cell: ({ votes }) => number(votes) },
          { key: 'skipped', head: t('skipped'), number: true, cell: ({ skipped }) => number(skipped) },
        ]}
      />
    </>
  )
}

function placeOf(ranking: { models: readonly { model: number }[] } | null, run: number): number {
  return ranking?.models.findIndex(({ model }) => model === run) ?? -1
}
