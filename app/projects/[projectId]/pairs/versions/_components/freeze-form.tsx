'use client'

import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Composition, type Preview } from '@/app/projects/[projectId]/pairs/versions/_components/composition'
import { previewAnswer } from '@/app/projects/[projectId]/pairs/versions/_components/preview-answer'
import { CheckFirst } from '@/app/projects/[projectId]/pairs/versions/_components/check-first'
import { freezePairs } from '@/app/projects/[projectId]/pairs/versions/actions'
import { FoldedSettings, SettingFields } from '@/app/_settings/setting-fields'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import { type FormValues, formValuesOf } from '@/app/_settings/setting-values'
import { ActionForm } from '@/app/_ui/action-form'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { useRest } from '@/app/_ui/use-rest'
import type { PairSettings } from '@/lib/settings/pairs'
import type { CheckState } from '@/lib/stages/pairs/check-state'

// Named here and not read from the schema, which would bring the whole of zod to the browser.
const names = ['splitBy', 'validationShare', 'undecided', 'duplicates', 'leaks'] as const satisfies readonly (keyof PairSettings)[]
const balance = ['novelCap', 'modernShare', 'earlyVernacularShare', 'classicalShare', 'seed'] as const satisfies readonly (keyof PairSettings)[]
type Name = (typeof names)[number] | (typeof balance)[number]

export type SourceOption = { name: string; label: string; pairs: number; check: CheckState }

/** From which runs and files, how the pairs are divided and balanced, what that gives, and the button that freezes them. */
export function FreezeForm({ projectId, sources, chosen, specs, beginning }: { projectId: string; sources: readonly SourceOption[]; chosen: readonly string[]; specs: readonly SettingSpec[]; beginning: PairSettings }) {
  const t = useTranslations('pairs')
  const [values, setValues] = useState<FormValues>(formValuesOf(beginning))
  const [taken, setTaken] = useState(chosen)
  const chosenSources = sources.filter(({ name }) => taken.includes(name))
  // A check that has come to its end changes what would be taken.
  const preview = usePreview(projectId, taken, values, chosenSources.map(({ check }) => check).join())
  const label = (name: Name) => t(`setting.${name}`)
  const optionLabel = (name: Name, option: string) => optionWord(t, name, option)
  const fields = { specs, values, label, optionLabel, onChange: (name: Name, next: FormValues[string]) => setValues((all) => ({ ...all, [name]: next })) }
  return (
    <ActionForm action={freezePairs} values={{ projectId }} label={t('freeze')}>
      <fieldset className="m-0 min-w-0 border-0 p-0">
        <legend className="mb-1 p-0 font-semibold">{t('sources')}</legend>
        <div className="flex flex-wrap gap-x-6 gap-y-1.5">
          {sources.map((source) => (
            <label key={source.name} className="inline-flex min-w-0 items-center gap-2">
              <input type="checkbox" name="source" value={source.name} checked={taken.includes(source.name)} onChange={(event) => setTaken(event.target.checked ? [...taken, source.name] : taken.filter((name) => name !== source.name))} className="size-[18px] shrink-0" />
              <span className="[overflow-wrap:anywhere]">{source.label}</span>
              <span className="text-muted">{t('found', { count: source.pairs })}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(220px,100%),1fr))] gap-x-6 gap-y-4">
        <Field name="name" label={t('versionName')} hint={t('versionNameHint')}>
          <TextInput maxLength={80} autoComplete="off" />
        </Field>
        <SettingFields names={names} {...fields} />
      </div>
      <FoldedSettings summary={t('balance')} groups={[{ title: t('balanceWhat'), names: balance }]} {...fields} />
      {preview && (
        <Composition preview={preview} validationShare={Number(values.validationShare)}>
          <CheckFirst projectId={projectId} sources={chosenSources} />
        </Composition>
      )}
      <div>
        <SubmitButton kind="primary" disabled={taken.length === 0}>
          {t('freeze')}
        </SubmitButton>
      </div>
    </ActionForm>
  )
}

function optionWord(t: ReturnType<typeof useTranslations<'pairs'>>, name: Name, option: string): string {
  if (name === 'splitBy') return option === 'novel' ? t('option.novel') : t('option.chapter')
  if (name === 'duplicates') return option === 'one' ? t('option.one') : t('option.all')
  return option === 'keep' ? t('option.keep') : t('option.leave_out')
}

/** What the form as it stands would freeze, asked a moment after the last change of it or of the checks; null until it is known. */
function usePreview(projectId: string, sources: readonly string[], values: FormValues, checks: string): Preview | null {
  const [preview, setPreview] = useState<Preview | null>(null)
  const latest = useRef(0)
  const later = useRest(250)
  useEffect(() => {
    const turn = ++latest.current
    const query = new URLSearchParams({ projectId })
    for (const source of sources) query.append('source', source)
    for (const [name, value] of Object.entries(values)) query.set(name, String(value))
    return later(async () => {
      if (sources.length === 0) return setPreview(null)
      const found = await askPreview(query).catch(() => null)
      if (turn === latest.current && found) setPreview(found)
    })
  }, [projectId, sources, values, checks, later])
  return preview
}

async function askPreview(query: URLSearchParams): Promise<Preview | null> {
  const answer = await fetch(`/api/datasets/preview?${query}`)
  return answer.ok ? previewAnswer.parse(await answer.json()).preview : null
}
