'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'

/** `value` is what the form sends: several models may share a name. */
export type ModelChoice = { value: string; name: string; kind: 'base' | 'merged'; label: string }

/** A known model, or the folder of another one; `chosen` is a choice's value. */
export function BaseModelField({ models, chosen, onChoose }: { models: readonly ModelChoice[]; chosen: string; onChoose: (value: string) => void }) {
  const t = useTranslations('training')
  const [isFolder, setFolder] = useState(false)
  const [value, setValue] = useState(chosen)
  const choose = (next: string) => {
    setFolder(false)
    setValue(next)
    onChoose(next)
  }
  const groups = (['base', 'merged'] as const).map((kind) => ({ kind, models: models.filter((model) => model.kind === kind) }))
  return (
    <Field name="baseModel" label={t('baseModel')} hint={isFolder ? t('folderHint') : t('baseModelHint')}>
      {isFolder ? (
        <span className="flex items-center gap-2">
          <TextInput onChange={(event) => onChoose(event.target.value.trim())} placeholder="/models/Qwen2-1.5B-Instruct" autoComplete="off" spellCheck={false} />
          <Button small className="shrink-0" onClick={() => choose(value)}>
            {t('fromList')}
          </Button>
        </span>
      ) : (
        <Select value={value} onChange={(event) => (event.target.value === '' ? setFolder(true) : choose(event.target.value))}>
          {groups.map(
            (group) =>
              group.models.length > 0 && (
                <optgroup key={group.kind} label={t(`models.${group.kind}`)}>
                  {group.models.map((model) => (
                    <option key={model.value} value={model.value}>
                      {model.label}
                    </option>
                  ))}
                </optgroup>
              ),
          )}
          <option value="">{t('otherFolder')}</option>
        </Select>
      )}
    </Field>
  )
}
