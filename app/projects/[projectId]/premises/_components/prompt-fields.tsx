'use client'

import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Textarea } from '@/app/_ui/inputs'
import type { PremisePrompt } from '@/lib/settings/premises'

const mostExamples = 20

/** The prompt editor: what the writer is told, the template with its variables, and worked examples. */
export function PromptFields({ value, onChange }: { value: PremisePrompt; onChange: (value: PremisePrompt) => void }) {
  const t = useTranslations('premises')
  const { examples } = value
  const setExample = (at: number, change: Partial<PremisePrompt['examples'][number]>) =>
    onChange({ ...value, examples: examples.map((example, which) => (which === at ? { ...example, ...change } : example)) })
  return (
    <div className="grid gap-4">
      <Field name="system" label={t('system')} hint={t('systemHint')}>
        <Textarea rows={3} value={value.system} onChange={(event) => onChange({ ...value, system: event.target.value })} />
      </Field>
      <Field name="template" label={t('template')} hint={t('templateHint', { passage: '{{passage}}', title: '{{title}}', chapter: '{{chapter}}' })}>
        <Textarea rows={4} className="font-mono" value={value.template} onChange={(event) => onChange({ ...value, template: event.target.value })} />
      </Field>
      <fieldset className="m-0 grid min-w-0 gap-3 border-0 p-0">
        <legend className="mb-1 p-0 font-semibold">{t('examples')}</legend>
        <p className="m-0 text-sm text-muted">{t('examplesHint')}</p>
        {examples.map((example, at) => (
          <div key={at} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 gap-y-2 rounded-base border border-line p-3">
            <Textarea name="examplePassage" rows={3} aria-label={t('examplePassage', { ordinal: at + 1 })} placeholder={t('passage')} value={example.passage} onChange={(event) => setExample(at, { passage: event.target.value })} />
            <Button small kind="quiet" className="row-span-2 self-start" aria-label={t('removeExample', { ordinal: at + 1 })} onClick={() => onChange({ ...value, examples: examples.filter((_, which) => which !== at) })}>
              <X size={15} aria-hidden />
            </Button>
            <Textarea name="examplePremise" rows={1} aria-label={t('examplePremise', { ordinal: at + 1 })} placeholder={t('premise')} value={example.premise} onChange={(event) => setExample(at, { premise: event.target.value })} />
          </div>
        ))}
        {examples.length < mostExamples && (
          <Button small className="justify-self-start" onClick={() => onChange({ ...value, examples: [...examples, { passage: '', premise: '' }] })}>
            <Plus size={14} aria-hidden />
            {t('addExample')}
          </Button>
        )}
      </fieldset>
    </div>
  )
}
