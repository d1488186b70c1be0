'use client'

import { useTranslations } from 'use-intl/react'
import { TemplateField } from '@/app/_prompts/template-field'
import { ExampleRows } from '@/app/projects/[projectId]/premises/_components/example-rows'
import { Field } from '@/app/_ui/field'
import { Textarea } from '@/app/_ui/inputs'
import { premiseVariables, variablesOf } from '@/lib/llm/prompt-variables'
import type { PremisePrompt } from '@/lib/settings/premises'

type Part = Pick<PremisePrompt, 'system' | 'template' | 'examples'>

/** The words of one style: what the writer is told, the template with its variables, and worked examples. `path` is where they are in the prompt. */
export function PromptPart({ path, value, onChange }: { path: string; value: Part; onChange: (change: Partial<Part>) => void }) {
  const t = useTranslations('premises')
  const stray = variablesOf(value.system)[0]
  return (
    <>
      <Field name={`${path}.system`} label={t('system')} hint={t('systemHint')} error={stray === undefined ? undefined : t('systemVariable', { variable: `{{${stray}}}` })}>
        <Textarea rows={3} lang="zh-CN" value={value.system} onChange={(event) => onChange({ system: event.target.value })} />
      </Field>
      <TemplateField name={`${path}.template`} label={t('template')} value={value.template} variables={premiseVariables} required="passage" onChange={(template) => onChange({ template })} />
      <ExampleRows path={`${path}.examples`} examples={value.examples} onChange={(examples) => onChange({ examples })} />
    </>
  )
}
