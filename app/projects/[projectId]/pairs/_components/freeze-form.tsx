'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { freezePairs } from '@/app/projects/[projectId]/pairs/actions'
import { SettingField } from '@/app/_settings/setting-field'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import { type FormValues, formValuesOf } from '@/app/_settings/setting-values'
import { ActionForm } from '@/app/_ui/action-form'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { PairSettings } from '@/lib/settings/pairs'

// Named here and not read from the schema, which would bring the whole of zod to the browser.
const names = ['splitBy', 'validationShare', 'undecided', 'seed'] as const satisfies readonly (keyof PairSettings)[]

/** How the pairs are divided and which of them go in, and the button that freezes them. */
export function FreezeForm({ projectId, premiseRunId, specs, beginning }: { projectId: string; premiseRunId: string; specs: readonly SettingSpec[]; beginning: PairSettings }) {
  const t = useTranslations('pairs')
  const [values, setValues] = useState<FormValues>(formValuesOf(beginning))
  const options: Record<string, string> = { novel: t('option.novel'), chapter: t('option.chapter'), keep: t('option.keep'), leave_out: t('option.leave_out') }
  return (
    <ActionForm action={freezePairs} values={{ projectId, premiseRunId }} label={t('freeze')}>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(220px,100%),1fr))] gap-x-6 gap-y-4">
        {specs.map((spec) => {
          const name = names.find((each) => each === spec.name)
          const value = values[spec.name]
          if (!name || value === undefined) return null
          return <SettingField key={name} spec={spec} label={t(`setting.${name}`)} optionLabel={(option) => options[option] ?? option} value={value} onChange={(next) => setValues((all) => ({ ...all, [name]: next }))} />
        })}
      </div>
      <div>
        <SubmitButton kind="primary">{t('freeze')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
