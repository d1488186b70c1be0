import { z } from 'zod'
import { getTranslator } from '@/app/_i18n/server'
import { formValuesOf } from '@/app/_settings/setting-values'
import type { Beginning } from '@/app/projects/[projectId]/stories/playground/_components/play-form'
import type { ColumnValue, Way } from '@/app/projects/[projectId]/stories/playground/_ways'
import { presets } from '@/lib/settings/presets'
import type { PlaySampling } from '@/lib/settings/plays'
import type { PlayModel } from '@/lib/stages/playground/choices'
import { columnSettings, type PlayWithColumns } from '@/lib/stages/playground/plays'
import { premiseOfRow } from '@/lib/stages/playground/found-premises'
import { writerValue } from '@/lib/stages/playground/writer-value'
import { storyRunSettings } from '@/lib/stages/stories/run-settings'
import { findStoryRun } from '@/lib/stages/stories/stories'

type Asked = { row?: string; adapter?: string; run?: string }

/** What the form begins with: the play that is shown as it was asked, or what the link that led here names, or the usual. */
export async function beginningOf(projectId: string, play: PlayWithColumns | null, asked: Asked, models: readonly PlayModel[]): Promise<Beginning> {
  if (play) return ofPlay(play)
  const found = asked.run === undefined ? null : await findStoryRun(projectId, asked.run)
  // Stories that came with a file have no writer here.
  const run = found?.promptVersionId ? found : null
  const settings = run && storyRunSettings.parse(run.settings)
  const writer = settings?.writer
  const first =
    writer?.kind === 'endpoint'
      ? { writer: writerValue('endpoint', writer.endpointId), model: writer.model }
      : { writer: (run?.model && writerValue('engine', run.model.name)) ?? models.find(({ value }) => asked.adapter !== undefined && value === writerValue('adapter', asked.adapter))?.value ?? models[0]?.value ?? writerValue('engine', 'starter'), model: '' }
  // A tuned model is looked at beside the base that it was made from.
  const second = models.find(({ kind, value }) => kind === 'base' && value !== first.writer)
  const columns = [first, ...(second ? [{ writer: second.value, model: '' }] : [])].map((column, key) => ({ key, ...column, own: null }))
  const sampling: PlaySampling = settings ? samplingOf(settings.sampling) : samplingOf(presets.starter.stories.sampling)
  const shared: Way = { prompt: run?.promptVersionId ? { kind: 'version', id: run.promptVersionId } : { kind: 'trained' }, sampling: formValuesOf(sampling) }
  return { premise: await rowPremise(projectId, asked.row), columns, shared }
}

function samplingOf({ style, temperature, topP, topK, repetitionPenalty, maxTokens, seed }: PlaySampling): PlaySampling {
  return { style, temperature, topP, topK, repetitionPenalty, maxTokens, seed }
}

async function rowPremise(projectId: string, asked: string | undefined): Promise<Beginning['premise']> {
  const id = z.coerce.number().int().min(1).max(2 ** 31 - 1).safeParse(asked)
  const row = asked !== undefined && id.success ? await premiseOfRow(projectId, id.data) : null
  if (!row) return { premise: '', from: { kind: 'typed' }, place: '' }
  const t = await getTranslator('stories')
  return { premise: row.premise, from: row.from, place: t('row', { row: row.number }) }
}

async function ofPlay(play: PlayWithColumns): Promise<Beginning> {
  const ways = play.columns.map(({ settings, promptVersionId, model }): { way: Way; writer: z.output<typeof columnSettings>['writer']; model: string } => {
    const { writer, sampling } = columnSettings.parse(settings)
    return { writer, model: model?.name ?? 'starter', way: { prompt: { kind: 'version', id: promptVersionId }, sampling: formValuesOf(sampling) } }
  })
  const shared = ways[0]?.way ?? { prompt: { kind: 'trained' as const }, sampling: formValuesOf(samplingOf(presets.starter.stories.sampling)) }
  const columns = ways.map(({ way, writer, model }, key): ColumnValue => {
    const own = isSame(way, shared) ? null : way
    switch (writer.kind) {
      case 'endpoint':
        return { key, writer: writerValue('endpoint', writer.endpointId), model: writer.model, own }
      case 'adapter':
        return { key, writer: writerValue('adapter', writer.adapterId), model: '', own }
      case 'engine':
        return { key, writer: writerValue('engine', model), model: '', own }
    }
  })
  const { premise, testRowId, datasetVersionId, pairOrdinal } = play
  return { premise: { premise, from: testRowId !== null ? { kind: 'row', testRowId } : datasetVersionId !== null && pairOrdinal !== null ? { kind: 'pair', datasetVersionId, ordinal: pairOrdinal } : { kind: 'typed' }, place: await placeOf(play) }, columns, shared }
}

/** The kind of request is each server's own and makes no difference between two ways. */
function isSame(a: Way, b: Way): boolean {
  const said = ({ prompt, sampling }: Way) => JSON.stringify([prompt, { ...sampling, style: '' }])
  return said(a) === said(b)
}

/** Where a play's premise is from, for people; empty for one that was typed and is nobody's. */
export async function placeOf({ testRow, datasetVersion, pairOrdinal, referenceTitle }: PlayWithColumns): Promise<string> {
  const [t, stories] = await Promise.all([getTranslator('playground'), getTranslator('stories')])
  if (testRow) return `${testRow.testFile.upload.fileName} · ${stories('row', { row: testRow.ordinal + 1 })}`
  if (!datasetVersion) return ''
  return [datasetVersion.name || t('version', { ordinal: datasetVersion.ordinal }), pairOrdinal !== null && `#${pairOrdinal + 1}`, referenceTitle].filter(Boolean).join(' · ')
}
