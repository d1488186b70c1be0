import type { Metadata } from 'next'
import { z } from 'zod'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Link } from '@/app/_ui/link'
import { LocalTime } from '@/app/_ui/local-time'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { Table } from '@/app/_ui/table'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { deleteVotes } from '@/app/projects/[projectId]/submissions/votes/actions'
import { NewRound } from '@/app/projects/[projectId]/submissions/votes/_components/new-round'
import { listSubmissions } from '@/lib/stages/submissions/submissions'
import { listRounds, roundContents, type RoundContents } from '@/lib/stages/submissions/vote-rounds'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

const view = z.object({ ids: z.union([z.string().transform((id) => [id]), z.array(z.string())]).catch([]) })

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('votes'))('title') }
}

/** The rounds of blind votes, and a new one. */
export default async function VotesPage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams])
  const { ids } = view.parse(query)
  const [t, judge, submissionWords, { number }, submissions, rounds, contents] = await Promise.all([getTranslator('votes'), getTranslator('judge'), getTranslator('submissions'), getFormatter(), listSubmissions(projectId), listRounds(projectId), roundContents(projectId)])
  const votable = submissions.filter(({ job }) => job.state === 'succeeded').map(({ id, ordinal, storyRun, storyRunId }) => ({
    id, storyRunId, testFileId: storyRun.testFileId, name: `${submissionWords('submission', { ordinal })} · ${writerName(storyRun)}`,
  }))
  const canVote = votable.some((one) => votable.some((other) => other.testFileId === one.testFileId && other.storyRunId !== one.storyRunId))
  return (
    <ClientMessages areas={['votes', 'submissions']}>
      <PageHead
        title={t('title')}
        note={t('note')}
        actions={
          <>
            {rounds.length > 0 && <LinkButton href={`/projects/${projectId}/submissions/ranking`}>{t('toRanking')}</LinkButton>}
            <LinkButton href={`/projects/${projectId}/submissions`}>{submissionWords('backToList')}</LinkButton>
          </>
        }
      />
      {!canVote && <EmptyState>{t('few')}</EmptyState>}
      {canVote && (
        <Panel title={t('newRound')} className="mb-8">
          <NewRound projectId={projectId} submissions={votable} chosenBefore={ids.filter((id) => votable.some((each) => each.id === id))} />
        </Panel>
      )}
      {rounds.length > 0 && (
        <Table
          label={t('rounds')}
          rows={rounds}
          rowKey={({ id }) => id}
          columns={[
            { key: 'round', head: t('round'), cell: ({ id, ordinal }) => <Link className="whitespace-nowrap text-ink underline decoration-line underline-offset-4" href={`/projects/${projectId}/submissions/votes/${id}`}>{t('roundOf', { ordinal })}</Link> },
            { key: 'runs', head: t('between'), className: 'w-full', cell: ({ runs }) => runs.map(({ storyRun }) => `#${storyRun.ordinal} ${writerName(storyRun)}`).join(' · ') },
            { key: 'voters', head: t('voters'), className: 'min-w-32', cell: ({ voters }) => voters.map(({ voter, votes }) => `${voter} ${number(votes)}`).join(' · ') || '–' },
            { key: 'judge', head: judge('title'), className: 'whitespace-nowrap', cell: ({ id, ordinal }) => <Link className="text-ink underline decoration-line underline-offset-4" href={`/projects/${projectId}/submissions/votes/${id}/judge`} aria-label={`${judge('open')} · ${t('roundOf', { ordinal })}`}>{contents.get(id)?.judges ? number(contents.get(id)?.judges ?? 0) : judge('open')}</Link> },
            { key: 'seed', head: t('seed'), number: true, cell: ({ seed }) => String(seed) },
            { key: 'at', head: t('startedAt'), className: 'whitespace-nowrap', cell: ({ createdAt }) => <LocalTime at={createdAt.toISOString()} /> },
            {
              key: 'delete',
              head: '',
              cell: ({ id, ordinal }) => (
                <ConfirmDialog
                  small
                  trigger={t('deleteRound')}
                  triggerLabel={`${t('deleteRound')} · ${t('roundOf', { ordinal })}`}
                  title={t('deleteTitle', { ordinal })}
                  removes={goesWith(contents.get(id), t)}
                  confirm={t('deleteRound')}
                  action={deleteVotes}
                  values={{ projectId, roundId: id }}
                >
                  <p className="mt-0 mb-2">{t('deleteKeeps')}</p>
                </ConfirmDialog>
              ),
            },
          ]}
        />
      )}
    </ClientMessages>
  )
}

/** What is gone with a round, line by line. */
function goesWith(contents: RoundContents | undefined, t: Awaited<ReturnType<typeof getTranslator<'votes'>>>): string[] {
  const { votes, voters, judges, judgements } = contents ?? { votes: 0, voters: 0, judges: 0, judgements: 0 }
  const lines = [...(votes > 0 ? [t('deleteVotes', { votes, voters })] : []), ...(judges > 0 ? [t('deleteJudges', { judges, judgements })] : [])]
  return lines.length > 0 ? lines : [t('deleteNothing')]
}
