import { randomInt, randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { settingSpecs } from '@/app/_settings/setting-spec'
import { LinkButton } from '@/app/_ui/button'
import { PageHead } from '@/app/_ui/page-head'
import { NewEndpoint } from '@/app/_writer/new-endpoint'
import { beginningOf } from '@/app/projects/[projectId]/stories/playground/_beginning'
import { EarlierPlays } from '@/app/projects/[projectId]/stories/playground/_components/earlier-plays'
import { PlayForm } from '@/app/projects/[projectId]/stories/playground/_components/play-form'
import { ShownPlay } from '@/app/projects/[projectId]/stories/playground/_components/shown-play'
import { listEndpoints } from '@/lib/llm/endpoints'
import { playSampling } from '@/lib/settings/plays'
import { presets, stagePresetNames } from '@/lib/settings/presets'
import { playModels } from '@/lib/stages/playground/choices'
import { premiseSources } from '@/lib/stages/playground/found-premises'
import { findPlay, listPlays, mostColumns, ordinalOfPlay } from '@/lib/stages/playground/plays'
import { listPromptVersions } from '@/lib/stages/prompts/prompts'

type Search = { play?: string; of?: string; seed?: string; row?: string; adapter?: string; run?: string }
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Search> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('playground'))('title') }
}

/** `play` is a play's number, `of` its id; without either there is an empty form, for `adapter`, or for the writer of the story `run`, or with the test row `row`. `seed=kept`: the next play has the same seed. */
export default async function PlaygroundPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const search = await searchParams
  const here = `/projects/${projectId}/stories/playground`
  const of = search.of === undefined ? null : await ordinalOfPlay(projectId, search.of)
  if (of !== null) redirect(`${here}?play=${of}`)
  const asked = Number(search.play)
  const ordinal = Number.isInteger(asked) && asked > 0 ? asked : null
  const [t, locale, play, plays, models, endpoints, sources, versions] = await Promise.all([
    getTranslator('playground'),
    getLocale(),
    ordinal === null ? null : findPlay(projectId, ordinal),
    listPlays(projectId),
    playModels(projectId),
    listEndpoints(),
    premiseSources(projectId),
    listPromptVersions(projectId, 'story'),
  ])
  if (ordinal !== null && !play) notFound()
  return (
    <ClientMessages areas={['playground', 'stories', 'prompts', 'settings', 'writer']}>
      <PageHead title={t('title')} note={t('about')} actions={<><NewEndpoint /><LinkButton href={`/projects/${projectId}/stories`}>{t('toStories')}</LinkButton></>} />
      <PlayForm
        key={play?.id}
        projectId={projectId}
        fresh={{ token: randomUUID(), seed: randomInt(2 ** 31 - 1) }}
        models={models}
        endpoints={endpoints.map(({ id, name, baseUrl, style }) => ({ id, name, baseUrl, style }))}
        sources={sources}
        ways={{
          specs: settingSpecs(playSampling, errorLocale(locale)),
          versions: versions.map(({ id, version, system, template, note }) => ({ id, version, system, template, note })),
          presets: stagePresetNames.map((name) => ({ name, ...presets[name].stories.prompt })),
        }}
        beginning={await beginningOf(projectId, play, search, models)}
        keepsSeed={search.seed === 'kept'}
        mostColumns={mostColumns}
      />
      {play && <ShownPlay projectId={projectId} play={play} />}
      <EarlierPlays projectId={projectId} plays={plays} shown={play?.ordinal ?? null} />
    </ClientMessages>
  )
}
