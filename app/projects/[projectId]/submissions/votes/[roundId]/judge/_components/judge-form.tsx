'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { type WriterValue, WriterChoice, writerValue } from '@/app/_writer/writer-choice'
import type { WriterOptions } from '@/app/_writer/writer-options'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { NumberInput, Textarea } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { JudgeForecast } from '@/app/projects/[projectId]/submissions/votes/[roundId]/judge/_components/judge-forecast'
import { startJudge } from '@/app/projects/[projectId]/submissions/votes/[roundId]/judge/actions'
import type { JudgePrompt, JudgeSampling } from '@/lib/settings/judge'

type SamplingName = keyof JudgeSampling
const shown: readonly SamplingName[] = ['pairs', 'maxTokens', 'temperature', 'concurrency', 'seed']

/** Who judges, how many pairs, in which words; what that takes stands above the button. */
export function JudgeForm(props: {
  projectId: string
  roundId: string
  writers: WriterOptions
  prompt: JudgePrompt
  usualPrompt: JudgePrompt
  sampling: JudgeSampling
  hints: Record<SamplingName, string>
  mostPairs: number
}) {
  const t = useTranslations('judge')
  const [writer, setWriter] = useState<WriterValue>(() => writerValue(props.writers, props.writers.endpoints.length > 0 ? { kind: 'endpoint' } : {}))
  const [prompt, setPrompt] = useState(props.prompt)
  const [sampling, setSampling] = useState<Record<SamplingName, string>>({ ...numbersAsText(props.sampling), pairs: String(Math.min(props.sampling.pairs, Math.max(1, props.mostPairs))) })
  const [currency, setCurrency] = useState<string | null>(null)
  const isUsual = prompt.system === props.usualPrompt.system && prompt.template === props.usualPrompt.template
  const endpointId = props.writers.endpoints.find(({ id }) => id === writer.endpointId)?.id ?? props.writers.endpoints[0]?.id
  return (
    <ActionForm action={startJudge} values={{ projectId: props.projectId, roundId: props.roundId }} label={t('new')} className="max-w-[880px] gap-5">
      <WriterChoice title={t('whoJudges')} options={props.writers} value={writer} onChange={setWriter} />
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {shown.map((name) => (
          <Field key={name} name={name} label={t(`setting.${name}`)} hint={name === 'pairs' ? `${t('mostPairs', { count: props.mostPairs })} ${props.hints[name]}` : props.hints[name]}>
            <NumberInput type="text" autoComplete="off" value={sampling[name]} onChange={({ target }) => setSampling((all) => ({ ...all, [name]: target.value }))} />
          </Field>
        ))}
      </div>
      <Field name="system" label={t('system')}>
        <Textarea lang="zh-CN" rows={2} value={prompt.system} onChange={({ target }) => setPrompt((words) => ({ ...words, system: target.value }))} />
      </Field>
      <Field name="template" label={t('template')} hint={t('templateHint')}>
        <Textarea lang="zh-CN" rows={16} className="font-mono text-sm" value={prompt.template} onChange={({ target }) => setPrompt((words) => ({ ...words, template: target.value }))} />
      </Field>
      {!isUsual && <div><Button small onClick={() => setPrompt(props.usualPrompt)}>{t('usualWords')}</Button></div>}
      <JudgeForecast order={{ writer, prompt, sampling }} endpoint={writer.kind === 'endpoint' && endpointId ? { id: endpointId, model: writer.endpointModel } : null} onPrice={setCurrency} />
      {currency !== null && (
        <Field name="budget" label={t('budget')} hint={t('budgetHint')}>
          <NumberInput min={0} step="any" unit={currency} className="max-w-40" />
        </Field>
      )}
      <div><SubmitButton kind="primary">{t('start')}</SubmitButton></div>
    </ActionForm>
  )
}

function numbersAsText({ pairs, temperature, maxTokens, concurrency, seed }: JudgeSampling): Record<SamplingName, string> {
  return { pairs: String(pairs), temperature: String(temperature), maxTokens: String(maxTokens), concurrency: String(concurrency), seed: String(seed) }
}
