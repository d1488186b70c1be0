import type { Metadata } from 'next'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { settingSpecs } from '@/app/_settings/setting-spec'
import { formValuesOf } from '@/app/_settings/setting-values'
import { NewEndpoint } from '@/app/_writer/new-endpoint'
import { writerOptions } from '@/app/_writer/writer-options'
import { LinkButton } from '@/app/_ui/button'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { UploadBox } from '@/app/_ui/upload-box'
import { UploadList } from '@/app/projects/[projectId]/novels/_components/upload-list'
import { StoryRunTable } from '@/app/projects/[projectId]/stories/_components/run-table'
import { StoryForm, type StoryPreset, type TunedModel } from '@/app/projects/[projectId]/stories/_components/story-form'
import { presets, stagePresetNames, type StagePresetName } from '@/lib/settings/presets'
import { storySampling } from '@/lib/settings/stories'
import { listModels } from '@/lib/stages/models'
import { listPromptVersions } from '@/lib/stages/prompts/prompts'
import { isEmptyFile, listStoryRuns } from '@/lib/stages/stories/stories'
import { listTestFiles } from '@/lib/stages/stories/test-files'
import { listUploads } from '@/lib/stages/uploads/uploads'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<{ prompt?: string }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('stories'))('title') }
}

const [firstPreset, ...otherPresets] = stagePresetNames

export default async function StoriesPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const { prompt: wanted } = await searchParams
  const [t, playground, { number }, locale, testFiles, uploads, runs, writers, tuned, prompts] = await Promise.all([
    getTranslator('stories'),
    getTranslator('playground'),
    getFormatter(),
    getLocale(),
    listTestFiles(projectId),
    listUploads(projectId, 'test'),
    listStoryRuns(projectId),
    writerOptions(),
    tunedModels(projectId),
    listPromptVersions(projectId, 'story'),
  ])
  const isDone = runs.some((run) => run.job.state === 'succeeded' && run.previewRows.length === 0 && !isEmptyFile(run))
  return (
    <ClientMessages areas={['stories', 'story-tries', 'prompts', 'settings', 'writer']}>
      <PageHead title={t('title')} note={t('note')} actions={<><LinkButton href={`/projects/${projectId}/stories/playground`}>{playground('open')}</LinkButton><LinkButton href={`/projects/${projectId}/stories/prompts`}>{t('prompts')}</LinkButton></>} />
      {runs.length > 0 && (
        <div className="mb-8">
          <StoryRunTable projectId={projectId} runs={runs} />
        </div>
      )}
      {testFiles.length > 0 && (
        <div id="order" className="scroll-mt-16">
        <Panel title={t('newRun')} aside={<NewEndpoint />} className="mb-8">
          <StoryForm
            key={wanted}
            chosenPrompt={prompts.find(({ version }) => String(version) === wanted)?.id ?? null}
            projectId={projectId}
            testFiles={testFiles.map((file) => ({ id: file.id, label: t('testFileOption', { name: file.upload.fileName, rows: number(file.rowCount), premises: number(file.premises) }) }))}
            writers={writers}
            tuned={tuned}
            prompts={prompts.map(({ id, version, note, system, template }) => ({ id, version, note, system, template }))}
            presets={[presetOf(firstPreset), ...otherPresets.map(presetOf)]}
            specs={settingSpecs(storySampling, errorLocale(locale))}
          />
        </Panel>
        </div>
      )}
      <section aria-label={t('testFiles')}>
        {testFiles.length > 0 ? <h2 className="mt-0 mb-3 text-base font-semibold">{t('testFiles')}</h2> : <p className="mt-0 mb-4 max-w-[40em] text-muted">{t('testEmpty')}</p>}
        <UploadBox projectId={projectId} kind="test" button={t('testUpload')} hint={t('testUploadHint')} buttonKind={testFiles.length === 0 ? 'primary' : 'plain'} />
        <UploadList projectId={projectId} uploads={uploads} />
      </section>
      {isDone && <NextStep href={`/projects/${projectId}/submissions`}>{t('toSubmissions')}</NextStep>}
    </ClientMessages>
  )
}

async function tunedModels(projectId: string): Promise<TunedModel[]> {
  const models = await listModels()
  return models.flatMap((model) => {
    const run = model.adapter?.trainingRun
    return model.sha256 !== null && run?.projectId === projectId ? [{ name: model.name, promptVersionId: run.promptVersionId }] : []
  })
}

function presetOf(name: StagePresetName): StoryPreset {
  const { sampling, prompt } = presets[name].stories
  return { name, values: formValuesOf(sampling), prompt }
}
