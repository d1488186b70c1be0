import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { PageHead } from '@/app/_ui/page-head'
import { Booth } from '@/app/projects/[projectId]/submissions/votes/[roundId]/_components/booth'
import { findRound } from '@/lib/stages/submissions/vote-rounds'

type Props = { params: Promise<{ projectId: string; roundId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('votes'))('title') }
}

/** Where one votes: nothing on this page, nor in what it fetches, says whose stories are shown. */
export default async function RoundPage({ params }: Props) {
  const { projectId, roundId } = await params
  const [t, judge, round] = await Promise.all([getTranslator('votes'), getTranslator('judge'), findRound(projectId, roundId)])
  if (!round) notFound()
  return (
    <ClientMessages areas={['votes']}>
      <PageHead
        title={t('roundOf', { ordinal: round.ordinal })}
        note={t('runsInRound', { count: round.runs.length })}
        actions={
          <>
            <LinkButton small href={`/projects/${projectId}/submissions/votes/${round.id}/judge`}>{judge('open')}</LinkButton>
            <LinkButton small href={`/projects/${projectId}/submissions/ranking?file=${round.testFileId}`}>{t('toRanking')}</LinkButton>
            <LinkButton small href={`/projects/${projectId}/submissions/votes`}>{t('backToRounds')}</LinkButton>
          </>
        }
      />
      <Booth roundId={round.id} />
    </ClientMessages>
  )
}
