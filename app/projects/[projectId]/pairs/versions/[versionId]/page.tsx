import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { PairTabs } from '@/app/projects/[projectId]/pairs/_components/pair-tabs'
import { sourcesOf } from '@/app/projects/[projectId]/pairs/_source'
import { renameVersion } from '@/app/projects/[projectId]/pairs/versions/actions'
import { Composition } from '@/app/projects/[projectId]/pairs/versions/_components/composition'
import { ExportLinks } from '@/app/projects/[projectId]/pairs/versions/_components/export-links'
import { settingLabel, settingWord } from '@/app/projects/[projectId]/pairs/versions/_components/setting-words'
import { TokenLengths } from '@/app/projects/[projectId]/pairs/versions/_components/token-lengths'
import { VersionPairs } from '@/app/projects/[projectId]/pairs/versions/_components/version-pairs'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { CopyButton } from '@/app/_ui/copy-button'
import { FactList } from '@/app/_ui/facts'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { Link } from '@/app/_ui/link'
import { PageHead } from '@/app/_ui/page-head'
import { SubmitButton } from '@/app/_ui/submit-button'
import { pairSettings } from '@/lib/settings/pairs'
import { findDatasetVersion, sourcesOfVersion, versionBalance } from '@/lib/stages/pairs/datasets'

type Props = { params: Promise<{ projectId: string; versionId: string }>; searchParams: Promise<{ split?: string; page?: string; tokens?: string; length?: string }> }

const splitSchema = z.enum(['training', 'validation']).nullable().catch(null)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const version = await findDatasetVersion((await params).versionId)
  return { title: (await getTranslator('pairs'))('version', { ordinal: version?.ordinal ?? 0 }) }
}

/** A frozen version: what it holds and from what, its lengths in tokens, its pairs, and its downloads. */
export default async function VersionPage({ params, searchParams }: Props) {
  const { projectId, versionId } = await params
  const query = await searchParams
  const [t, { number }, version, sources] = await Promise.all([getTranslator('pairs'), getFormatter(), findDatasetVersion(versionId), sourcesOf(projectId)])
  if (!version || version.projectId !== projectId || version.sha256 === null) notFound()
  const balance = versionBalance(version)
  const settings = pairSettings.safeParse(version.settings)
  const name = t('version', { ordinal: version.ordinal })
  const from = sourcesOfVersion(version).map(({ id }) => sources.find((entry) => entry.source.id === id))
  const here = `/projects/${projectId}/pairs`
  return (
    <ClientMessages areas={['pairs']}>
      <PageHead title={[name, version.name].filter(Boolean).join(' · ')} note={t('split', { training: number(version.trainingPairs), validation: number(version.validationPairs) })} />
      <PairTabs projectId={projectId} current="versions" />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 content-start gap-8">
          {balance && <Composition preview={{ ...balance, training: version.trainingPairs, validation: version.validationPairs }} validationShare={settings.success ? settings.data.validationShare : 0} />}
          <TokenLengths projectId={projectId} version={version} counted={query.tokens ?? null} maxLength={Number.parseInt(query.length ?? '', 10) || null} />
          <VersionPairs projectId={projectId} version={version} split={splitSchema.parse(query.split ?? null)} page={Math.max(1, Number.parseInt(query.page ?? '1', 10) || 1)} />
        </div>
        <aside className="grid content-start gap-6">
          <ActionForm action={renameVersion} values={{ projectId, versionId }} label={t('rename')} className="grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
            <Field name="name" label={t('versionName')}>
              <TextInput defaultValue={version.name} placeholder={name} maxLength={80} autoComplete="off" />
            </Field>
            <SubmitButton>{t('rename')}</SubmitButton>
          </ActionForm>
          <FactList
            facts={[
              { label: t('figure.characters'), value: number(version.characters) },
              { label: t('hash'), value: <span className="inline-flex items-center"><code>{version.sha256.slice(0, 12)}</code><CopyButton text={version.sha256} label={t('hashOf', { name })} /></span> },
              ...Object.entries(Object(version.settings)).map(([setting, value]) => ({ label: settingLabel(t, setting), value: settingWord({ t, number }, setting, String(value)) })),
            ]}
          />
          <p className="m-0 flex flex-wrap gap-x-3 text-sm">
            <span className="text-muted">{t('frozenFrom')}</span>
            {from.map((entry, at) =>
              entry ? (
                <Link key={entry.query} href={`${here}?${entry.query}`} className="text-ink underline decoration-line underline-offset-4 hover:decoration-current">
                  {entry.fileName ?? t('fromRun', { ordinal: entry.ordinal })}
                </Link>
              ) : (
                <span key={at} className="text-muted">{t('sourceGone')}</span>
              ),
            )}
          </p>
          <ExportLinks version={version} />
        </aside>
      </div>
    </ClientMessages>
  )
}
