'use client'

import { useTranslations } from 'use-intl/react'
import type { PromptWords } from '@/app/_prompts/story-draft'
import { TemplateField } from '@/app/_prompts/template-field'
import { Field } from '@/app/_ui/field'
import { Textarea } from '@/app/_ui/inputs'
import { storyVariables, variablesOf } from '@/lib/llm/prompt-variables'

/** The system's words and the template of a story prompt, as `promptSystem` and `promptTemplate` of a form. */
export function StoryWordsFields({ words, onChange }: { words: PromptWords; onChange: (words: PromptWords) => void }) {
  const t = useTranslations('prompts')
  const stray = variablesOf(words.system)[0]
  return (
    <>
      <Field name="promptSystem" label={t('system')} hint={t('systemHint')} error={stray === undefined ? undefined : t('systemVariable', { variable: `{{${stray}}}` })}>
        <Textarea rows={3} lang="zh-CN" value={words.system} onChange={(event) => onChange({ ...words, system: event.target.value })} />
      </Field>
      <TemplateField name="promptTemplate" label={t('template')} rows={3} value={words.template} variables={storyVariables} required="premise" onChange={(template) => onChange({ ...words, template })} />
    </>
  )
}
