import type { Metadata } from 'next'
import { beginningOf } from '@/app/projects/[projectId]/premises/_beginning'
import type { SideValue } from '@/app/projects/[projectId]/premises/try/_components/side-fields'
import { TrialResults } from '@/app/projects/[projectId]/premises/try/_components/trial-results'
import { TryForm } from '@/app/projects/[projectId]/premises/try/_components/try-form'
import { writerOptions } from '@/app/_writer/writer-options'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { TabLinks } from '@/app/_ui/tab-links'
import { listPassageSets } from '@/lib/stages/passages/passages'
import { listPremiseRuns } from '@/lib/stages/premises/premises'
import { findTrial, listTrials, sidesOf, type TrialWithAnswers } from '@/lib/stages/premises/trials'
import { listPromptVersions } from '@/lib/stages/prompts/prompts'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<{ trial?: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('premises'))('try') }
}

export default async function TryPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const asked = Number((await searchParams).trial)
  const [t, { number }, allSets, runs, versions, writers, trials, trial] = await Promise.all([
    getTranslator('premises'),
    getFormatter(),
    listPassageSets(projectId),
    listPremiseRuns(projectId),
    listPromptVersions(projectId, 'premise'),
    writerOptions(),
    listTrials(projectId),
    findTrial(projectId, Number.isInteger(asked) && asked > 0 ? asked : null),
  ])
  const sets = allSets.filter((each) => each.job.state === 'succeeded')
  const here = `/projects/${projectId}/premises`
  const head = <PageHead title={t('try')} note={t('tryNote')} actions={<LinkButton href={`${here}#order`}>{t('toEditor')}</LinkButton>} />
  const [set] = sets
  if (!set) {
    return (
      <>
        {head}
        <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/passages`}>{t('toPassages')}</LinkButton>}>{t('empty')}</EmptyState>
      </>
    )
  }
  const { sampling, writer } = beginningOf(versions[0], runs[0])
  const usual: SideValue = {
    prompt: versions[0]?.id ?? 'draft',
    writer: writer.kind === 'endpoint' && writer.endpointId ? writer.endpointId : 'engine',
    model: writer.kind === 'endpoint' ? (writer.endpointModel ?? '') : (writer.engineModel ?? 'starter'),
    style: sampling.style,
    temperature: String(sampling.temperature),
  }
  return (
    <ClientMessages areas={['premises', 'writer']}>
      {head}
      <TryForm
        projectId={projectId}
        sets={sets.map((each) => ({ id: each.id, label: t('setOption', { name: each.name || t('fromSet', { ordinal: each.ordinal }), count: number(each.kept) }) }))}
        versions={versions.map(({ id, version, note }) => ({ id, version, note }))}
        writers={writers}
        sampling={sampling}
        beginning={{ passageSetId: trial?.passageSetId ?? set.id, draw: trials.length + 1, numbers: '', sides: trial ? sidesAgain(trial, versions) : [usual] }}
      />
      {trials.length > 1 && (
        <div className="mt-8">
          <TabLinks label={t('trials')} links={trials.slice(0, 12).map(({ ordinal }) => ({ href: `${here}/try?trial=${ordinal}`, label: t('trial', { ordinal }), current: ordinal === trial?.ordinal }))} />
        </div>
      )}
      {trial && <TrialResults trial={trial} />}
    </ClientMessages>
  )
}

/** The form as a trial had it; of words that were a draft then, the newest version stands in. */
function sidesAgain(trial: TrialWithAnswers, versions: readonly { id: string; version: number }[]): SideValue[] {
  return sidesOf(trial).map(({ promptVersion, writer, writerName, sampling }) => ({
    prompt: (versions.find(({ version }) => version === promptVersion) ?? versions[0])?.id ?? 'draft',
    writer: writer.kind === 'endpoint' ? writer.endpointId : 'engine',
    model: writer.kind === 'endpoint' ? writer.model : writerName,
    style: sampling.style,
    temperature: String(sampling.temperature),
  }))
}
