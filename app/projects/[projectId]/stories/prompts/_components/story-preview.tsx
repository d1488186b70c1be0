'use client'

import { Shuffle } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { RenderedPrompt } from '@/app/_prompts/rendered-prompt'
import type { PromptWords } from '@/app/_prompts/story-draft'
import { usePreview } from '@/app/_prompts/use-preview'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'
import { readStoryPreview } from '@/app/projects/[projectId]/stories/prompts/actions'

type Props = { projectId: string; words: PromptWords; testFiles: readonly { id: string; label: string }[]; models: readonly string[] }

/** What a model reads for rows of a test file; it follows the typing. With a model of this machine the very text, its template's marks and all. */
export function StoryPreview({ projectId, words, testFiles, models }: Props) {
  const t = useTranslations('story-prompts')
  const { number } = useFormatter()
  const [testFileId, setTestFileId] = useState(testFiles[0]?.id ?? '')
  const [reader, setReader] = useState(models[0] ?? '')
  const [row, setRow] = useState('')
  const [draw, setDraw] = useState(1)
  const isCompletions = reader === completions
  const order = { projectId, testFileId, words, style: isCompletions ? 'completions' : 'chat', engineModel: isCompletions || reader === chat ? '' : reader, row, draw }
  const { shown, isStale, isFaulty, hasFailed } = usePreview(order, readStoryPreview)
  const preview = shown?.preview ?? null
  const tokens = (count: number) => t(preview?.isCounted ? 'tokens' : 'aboutTokens', { count })
  const { longest = null, context = null } = preview ?? {}
  return (
    <section aria-label={t('preview')} className="grid content-start gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="m-0 text-base font-semibold">{t('preview')}</h3>
        <Button
          small
          kind="quiet"
          onClick={() => {
            setRow('')
            setDraw(draw + 1)
          }}
        >
          <Shuffle size={14} aria-hidden />
          {t('otherRows')}
        </Button>
        <span role="status" className="text-sm text-muted">
          {hasFailed ? t('previewFailed') : isStale ? t('previewStale') : isFaulty ? t('previewFaulty') : ''}
        </span>
      </div>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6rem]">
        <Field name="previewFile" label={t('testFile')}>
          <Select value={testFileId} onChange={(event) => setTestFileId(event.target.value)}>
            {testFiles.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field name="previewReader" label={t('reader')}>
          <Select value={reader} onChange={(event) => setReader(event.target.value)}>
            {models.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
            <option value={chat}>{t('asChat')}</option>
            <option value={completions}>{t('asCompletions')}</option>
          </Select>
        </Field>
        <Field name="previewRow" label={t('row')}>
          <TextInput inputMode="numeric" autoComplete="off" value={row} placeholder={t('anyRow')} onChange={(event) => setRow(event.target.value)} />
        </Field>
      </div>
      {shown?.fault && <p className="m-0 text-sm text-gamboge-text">{shown.fault}</p>}
      {longest && (
        <p className="m-0 text-sm text-muted">
          {t('longest', { row: longest.ordinal + 1, tokens: tokens(longest.tokens) })}
          {context !== null && ` ${t('context', { count: context })}`}
        </p>
      )}
      {preview?.rows.length === 0 && <p className="m-0 text-muted">{t('noSuchRow')}</p>}
      {preview?.rows.map(({ ordinal, prompt, asRead, tokens: count }, at) => {
        const label = t('previewOf', { row: number(ordinal + 1) })
        return (
          <details key={at} open={at === 0} className="rounded-base border border-line">
            <summary className="flex flex-wrap gap-x-3 px-3 py-2">
              <span>{label}</span>
              <span className="ml-auto text-sm text-muted">{tokens(count)}</span>
            </summary>
            <RenderedPrompt prompt={asRead === null ? prompt : { style: 'completions', text: asRead }} label={label} />
          </details>
        )
      })}
    </section>
  )
}

/** Two readers that are no model of this machine: names that none can have. */
const [chat, completions] = ['/chat', '/completions'] as const
