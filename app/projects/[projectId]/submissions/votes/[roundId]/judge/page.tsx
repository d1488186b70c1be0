import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { writerOptions } from '@/app/_writer/writer-options'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { JudgeForm } from '@/app/projects/[projectId]/submissions/votes/[roundId]/judge/_components/judge-form'
import { JudgeRun } from '@/app/projects/[projectId]/submissions/votes/[roundId]/judge/_components/judge-run'
import { usualJudgePrompt } from '@/lib/llm/judge-prompt'
import { hintOf } from '@/lib/settings/hint'
import { judgeSampling, usualJudging } from '@/lib/settings/judge'
import { pairsOfRound } from '@/lib/stages/submissions/drawn-pairs'
import { lastJudgePrompt, listJudgeRuns } from '@/lib/stages/submissions/judging'
import { findRound } from '@/lib/stages/submissions/vote-rounds'

type Props = { params: Promise<{ projectId: string; roundId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('judge'))('title') }
}

/** Has a model judge a round's pairs in both orders, and shows those that do or did. */
export default async function JudgePage({ params }: Props) {
  const { projectId, roundId } = await params
  const [t, votes, locale, round] = await Promise.all([getTranslator('judge'), getTranslator('votes'), getLocale(), findRound(projectId, roundId)])
  if (!round) notFound()
  const [writers, runs, last, pairs] = await Promise.all([writerOptions(), listJudgeRuns(projectId, roundId), lastJudgePrompt(projectId), pairsOfRound(round)])
  const hint = (name: keyof typeof judgeSampling.shape) => hintOf(judgeSampling.shape[name])?.[errorLocale(locale)] ?? ''
  return (
    <ClientMessages areas={['judge', 'writer', 'jobs']}>
      <PageHead
        title={t('titleOf', { ordinal: round.ordinal })}
        note={t('note')}
        actions={
          <>
            <LinkButton href={`/projects/${projectId}/submissions/ranking?file=${round.testFileId}&who=judge`}>{votes('toRanking')}</LinkButton>
            <LinkButton href={`/projects/${projectId}/submissions/votes`}>{votes('backToRounds')}</LinkButton>
          </>
        }
      />
      {runs.map((run) => <JudgeRun key={run.id} run={run} />)}
      {pairs === 0 ? <EmptyState>{t('nothing')}</EmptyState> : (
        <Panel title={t('new')} className="mt-6">
          <JudgeForm
            projectId={projectId}
            roundId={roundId}
            writers={writers}
            prompt={last ?? usualJudgePrompt}
            usualPrompt={usualJudgePrompt}
            sampling={usualJudging}
            hints={{ pairs: hint('pairs'), temperature: hint('temperature'), maxTokens: hint('maxTokens'), concurrency: hint('concurrency'), seed: hint('seed') }}
            mostPairs={pairs}
          />
        </Panel>
      )}
    </ClientMessages>
  )
}
