import type { Metadata } from 'next'
import { type ComparedQuery, PromptVersions } from '@/app/_prompts/prompt-versions'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { PageHead } from '@/app/_ui/page-head'
import { writerOptions } from '@/app/_writer/writer-options'
import { StoryPromptEditor } from '@/app/projects/[projectId]/stories/prompts/_components/story-prompt-editor'
import { presets, stagePresetNames } from '@/lib/settings/presets'
import { promptVersionsInUse } from '@/lib/stages/prompts/prompts'
import { listTestFiles } from '@/lib/stages/stories/test-files'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<ComparedQuery & { version?: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('story-prompts'))('title') }
}

export default async function StoryPromptsPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = await searchParams
  const [t, stories, { number }, versions, testFiles, writers] = await Promise.all([
    getTranslator('story-prompts'), getTranslator('stories'), getFormatter(), promptVersionsInUse(projectId, 'story'), listTestFiles(projectId), writerOptions(),
  ])
  const here = `/projects/${projectId}`
  const version = versions.find((each) => String(each.version) === query.version) ?? versions[0]
  return (
    <ClientMessages areas={['prompts', 'story-prompts']}>
      <PageHead title={t('title')} note={t('note')} actions={<LinkButton href={`${here}/stories`}>{t('toStories')}</LinkButton>} />
      <section aria-label={t('editor')} id="editor" className="mb-10">
        <StoryPromptEditor
          key={query.version}
          projectId={projectId}
          beginning={version ? { system: version.system, template: version.template } : presets.starter.stories.prompt}
          version={version?.version ?? null}
          isChosen={query.version !== undefined}
          presets={stagePresetNames.map((name) => ({ name, title: stories(`presets.${name}`), words: presets[name].stories.prompt }))}
          testFiles={testFiles.map((file) => ({ id: file.id, label: stories('testFileOption', { name: file.upload.fileName, rows: number(file.rowCount), premises: number(file.premises) }) }))}
          models={writers.models.map(({ name }) => name)}
        />
      </section>
      {versions.length > 0 && (
        <section aria-labelledby="versions" className="border-t border-line pt-6">
          <h2 id="versions" className="mt-0 mb-4 text-lg font-semibold">
            {t('versions')}
          </h2>
          <PromptVersions
            projectId={projectId}
            versions={versions}
            compared={query}
            restoreHref={(each) => `${here}/stories/prompts?version=${each}#editor`}
            actions={(each) => (
              <LinkButton small href={`${here}/stories?prompt=${each.version}#order`} aria-label={t('writeWithOf', { version: each.version })}>
                {t('writeWith')}
              </LinkButton>
            )}
          />
        </section>
      )}
    </ClientMessages>
  )
}
