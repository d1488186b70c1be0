'use client'

import { useTranslations } from 'use-intl/react'
import { Field } from '@/app/_ui/field'
import { Textarea } from '@/app/_ui/inputs'
import { PremisePicker } from '@/app/projects/[projectId]/stories/playground/_components/premise-picker'
import type { SourceOption } from '@/lib/stages/playground/found-premises'
import type { PremiseFrom } from '@/lib/stages/playground/premise-origin'

/** A premise with where it was taken from; `place` says that for people. */
export type ChosenPremise = { premise: string; from: PremiseFrom; place: string }

/** The premise of a play: typed, or taken from a test row or a pair that no model has seen. Changed words are typed ones. */
export function PremiseField({ projectId, sources, value, onChange }: { projectId: string; sources: readonly SourceOption[]; value: ChosenPremise; onChange: (value: ChosenPremise) => void }) {
  const t = useTranslations('playground')
  return (
    <div className="grid items-start gap-x-4 gap-y-2 md:grid-cols-[minmax(0,1fr)_auto]">
      <Field name="premise" label={t('premise')} hint={value.place || undefined}>
        <Textarea
          lang="zh-CN"
          rows={2}
          className="font-serif text-[17px] leading-[1.8]"
          placeholder={t('premisePlaceholder')}
          value={value.premise}
          onChange={(event) => onChange({ premise: event.target.value, from: { kind: 'typed' }, place: '' })}
        />
      </Field>
      {sources.length > 0 && (
        <div className="md:mt-[25px]">
          <PremisePicker projectId={projectId} sources={sources} onChoose={onChange} />
        </div>
      )}
    </div>
  )
}
