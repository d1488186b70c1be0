import Form from 'next/form'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { binsOf } from '@/app/_ui/bins'
import { buttonClass } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Histogram } from '@/app/_ui/histogram'
import { Select } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { TabLinks } from '@/app/_ui/tab-links'
import type { DatasetVersion } from '@/lib/generated/prisma/client'
import { presets } from '@/lib/settings/presets'
import { listModels } from '@/lib/stages/models'
import { listPromptVersions } from '@/lib/stages/prompts/prompts'
import { listTokenCounts, type TokenCountEntry } from '@/lib/stages/pairs/token-counts'
import { countVersionTokens } from '@/app/projects/[projectId]/pairs/versions/actions'
import { CutPairs } from '@/app/projects/[projectId]/pairs/versions/_components/cut-pairs'
import { cutFigures } from '@/app/projects/[projectId]/pairs/versions/_components/cut-figures'

const bins = 40

/** A version's lengths in the tokens of a model, prompt and answer together as training renders them, and what a maximum length cuts. */
export async function TokenLengths({ projectId, version, counted, maxLength }: { projectId: string; version: DatasetVersion; counted: string | null; maxLength: number | null }) {
  const [t, counts, models, prompts] = await Promise.all([getTranslator('pairs'), listTokenCounts(version.id), listModels(), listPromptVersions(projectId, 'story')])
  const current = counts.find(({ id }) => id === counted) ?? counts[0]
  const names = ['starter', ...models.filter(({ name }) => name !== 'starter').map(({ name }) => name)]
  const nameOf = (count: TokenCountEntry) => t('countedWith', { model: count.model.name, version: count.promptVersion.version })
  return (
    <section aria-labelledby="tokens" className="min-w-0">
      <h2 id="tokens" className="mt-0 mb-2 text-lg font-semibold">
        {t('tokens')}
      </h2>
      <ActionForm action={countVersionTokens} values={{ projectId, datasetVersionId: version.id }} label={t('countTokens')} className="mb-4 grid-cols-[repeat(auto-fit,minmax(min(180px,100%),1fr))] items-end gap-x-4">
        <Field name="model" label={t('tokenModel')}>
          <Select defaultValue={current?.model.name ?? 'starter'}>
            {[...new Set(names)].map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field name="prompt" label={t('tokenPrompt')}>
          <Select defaultValue={prompts[0]?.id ?? 'preset'}>
            {prompts.map((prompt) => (
              <option key={prompt.id} value={prompt.id}>
                {t('promptVersion', { version: prompt.version })}
              </option>
            ))}
            {prompts.length === 0 && <option value="preset">{t('presetPrompt')}</option>}
          </Select>
        </Field>
        <div>
          <SubmitButton>{t('countTokens')}</SubmitButton>
        </div>
      </ActionForm>
      {counts.length > 1 && <TabLinks label={t('tokens')} links={counts.map((count) => ({ href: `?tokens=${count.id}#tokens`, label: nameOf(count), current: count === current }))} />}
      {current && <JobProgress job={current.job} label={nameOf(current)} />}
      {current && <JobFailure job={current.job} name={nameOf(current)} />}
      {current?.job.state === 'succeeded' && <Lengths projectId={projectId} version={version} count={current} maxLength={maxLength ?? presets.starter.training.maxLength} />}
    </section>
  )
}

async function Lengths({ projectId, version, count, maxLength }: { projectId: string; version: DatasetVersion; count: TokenCountEntry; maxLength: number }) {
  const [t, { number }, { lengths, training, validation, longest, median }] = await Promise.all([getTranslator('pairs'), getFormatter(), cutFigures(version, count, maxLength)])
  const sides = [
    { key: 'training' as const, cuts: training },
    ...(version.validationPairs > 0 ? [{ key: 'validation' as const, cuts: validation }] : []),
  ]
  return (
    <div className="grid gap-4">
      <p className="m-0 text-sm text-muted">{t('tokensWhat', { model: count.model.name, median: number(median) })}</p>
      <Histogram label={t('tokens')} unit={t('tokenUnit')} bins={binsOf(lengths, bins)} />
      <Form action="" className="flex flex-wrap items-center gap-3" aria-label={t('maxLength')}>
        <input type="hidden" name="tokens" value={count.id} />
        <label className="flex items-center gap-2">
          {t('maxLength')}
          <input key={maxLength} type="number" name="length" min={64} max={131072} defaultValue={maxLength} className="h-9 w-28 rounded-base border border-edge bg-raised px-2.5 text-ink" />
          <span className="text-muted">{t('tokenUnit')}</span>
        </label>
        <button type="submit" className={buttonClass('plain', true)}>
          {t('show')}
        </button>
      </Form>
      <ul className="m-0 grid list-none gap-1 p-0">
        {sides.map(({ key, cuts }) => (
          <li key={key} className="flex flex-wrap gap-x-4">
            <span className="font-semibold">{t(`figure.${key}`)}</span>
            <span>{t('fitting', { count: cuts.fit })}</span>
            <span className={cuts.truncated > 0 ? 'text-gamboge-text' : 'text-muted'}>{t('truncated', { count: cuts.truncated })}</span>
            <span className={cuts.dropped > 0 ? 'text-seal' : 'text-muted'}>{t('dropped', { count: cuts.dropped })}</span>
            {cuts.lost > 0 && <span className="text-muted">{t('lostTokens', { count: cuts.lost })}</span>}
          </li>
        ))}
      </ul>
      {longest.length > 0 && <CutPairs projectId={projectId} versionId={version.id} pairs={longest} maxLength={maxLength} />}
    </div>
  )
}
