import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { errorLocale } from '@/app/_i18n/locale'
import { previewInputs } from '@/app/_training/run-inputs'
import { Button, LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { FactList } from '@/app/_ui/facts'
import { PageHead } from '@/app/_ui/page-head'
import { TokenText } from '@/app/projects/[projectId]/training/preview/_components/token-text'
import { MolianError } from '@/lib/errors'
import { findDatasetVersion } from '@/lib/stages/pairs/datasets'
import { modelDirectory, resolveModel } from '@/lib/stages/models'
import { listPromptVersions } from '@/lib/stages/prompts/prompts'
import { previewTraining, type TrainingPreview } from '@/lib/stages/training/preview'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('training'))('preview.title') }
}

/** One pair as the model will read it in training: tokens, what is learned, what is cut off. */
export default async function PreviewPage({ params, searchParams }: Props) {
  const [{ projectId }, given, t, { number }, locale] = await Promise.all([params, searchParams, getTranslator('training'), getFormatter(), getLocale()])
  const asked = previewInputs.safeParse(given)
  const version = asked.success ? await findDatasetVersion(asked.data.datasetVersionId) : null
  if (!asked.success || version?.projectId !== projectId) notFound()
  const { pair, maxLength, baseModel } = asked.data
  const chosen = (await listPromptVersions(projectId, 'story')).find(({ id }) => id === asked.data.prompt)
  const { system, template } = chosen ?? { system: asked.data.promptSystem, template: asked.data.promptTemplate }
  const total = version.trainingPairs + version.validationPairs
  const to = (at: number) => `?${new URLSearchParams({ ...kept(given), pair: String(at) })}`
  const seen = await outcomeOf(async () => {
    const model = await resolveModel(baseModel)
    return { model: model.name, preview: await previewTraining({ datasetVersionId: version.id, ordinal: pair - 1, directory: modelDirectory(model), system, template, maxLength }) }
  })
  return (
    <>
      <PageHead title={t('preview.title')} note={t('preview.note')} />
      <form method="get" className="mb-6 flex flex-wrap items-end gap-3">
        {Object.entries(kept(given)).map(([name, value]) => name !== 'pair' && name !== 'maxLength' && <input key={name} type="hidden" name={name} value={value} />)}
        <NumberField name="pair" label={t('preview.pair')} value={pair} minimum={1} maximum={total} />
        <NumberField name="maxLength" label={t('preview.maxLength')} value={maxLength} minimum={64} maximum={131_072} />
        <Button type="submit">{t('preview.show')}</Button>
        {pair > 1 && pair <= total && <LinkButton kind="quiet" href={to(pair - 1)}>{t('preview.previous')}</LinkButton>}
        {pair < total && <LinkButton kind="quiet" href={to(pair + 1)}>{t('preview.next')}</LinkButton>}
      </form>
      {pair > total ? (
        <EmptyState>{t('preview.noPair', { number: pair, total })}</EmptyState>
      ) : seen instanceof MolianError ? (
        <p role="alert" className="m-0 text-seal">{seen.sentence(errorLocale(locale))}</p>
      ) : (
        <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_300px]">
          <TokenText preview={seen.preview} />
          <aside className="grid gap-3">
            <FactList
              facts={[
                { label: t('baseModel'), value: seen.model },
                { label: t('dataset'), value: `v${version.ordinal} · ${number(pair)} / ${number(total)}` },
                { label: t('preview.split', { split: seen.preview.split }), value: chosen ? t('preview.promptVersion', { version: chosen.version }) : t('preview.words') },
              ]}
            />
            <Standing preview={seen.preview} maxLength={maxLength} />
          </aside>
        </div>
      )}
    </>
  )
}

async function Standing({ preview, maxLength }: { preview: TrainingPreview; maxLength: number }) {
  const t = await getTranslator('training')
  const { promptTokens, answerTokens, cutTokens, dropped } = preview
  return (
    <>
      <p className="m-0 text-sm">{t('preview.counts', { prompt: promptTokens, answer: answerTokens, total: promptTokens + answerTokens, maxLength })}</p>
      {dropped ? (
        <p className="m-0 text-sm text-seal">{t('preview.dropped')}</p>
      ) : cutTokens > 0 ? (
        <p className="m-0 text-sm text-gamboge-text">{t('preview.truncated', { cut: cutTokens })}</p>
      ) : (
        <p className="m-0 text-sm text-muted">{t('preview.fits')}</p>
      )}
    </>
  )
}

function NumberField({ name, label, value, minimum, maximum }: { name: string; label: string; value: number; minimum: number; maximum: number }) {
  return (
    <label className="grid gap-1 text-sm">
      <span className="font-semibold">{label}</span>
      <input key={value} type="number" name={name} min={minimum} max={maximum} defaultValue={value} className="h-9 w-32 rounded-base border border-edge bg-raised px-2.5 text-base text-ink" />
    </label>
  )
}

function kept(given: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.keys(previewInputs.shape).flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]]] : [])))
}

/** What is wrong with a model is said on the page, beside the fields. */
async function outcomeOf<T>(read: () => Promise<T>): Promise<T | MolianError> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof MolianError) return error
    throw error
  }
}
