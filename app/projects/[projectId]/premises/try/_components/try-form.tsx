'use client'

import { Shuffle } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { draftName, readPrompt } from '@/app/projects/[projectId]/premises/_draft-prompt'
import { SideFields, type SideValue, type VersionOption } from '@/app/projects/[projectId]/premises/try/_components/side-fields'
import { tryPrompts } from '@/app/projects/[projectId]/premises/try/actions'
import type { WriterOptions } from '@/app/_writer/writer-options'
import { draftIn } from '@/app/_prompts/use-draft'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Checkbox } from '@/app/_ui/checkbox'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { PremisePrompt, PremiseSampling } from '@/lib/settings/premises'

/** Drawn when no passages are named. */
const drawn = 5

/** Which passages, and one or two ways of asking about them: nothing is asked before the button is pressed, and it says how often. */
export function TryForm(props: {
  projectId: string
  sets: readonly { id: string; label: string }[]
  versions: readonly VersionOption[]
  writers: WriterOptions
  sampling: PremiseSampling
  beginning: { passageSetId: string; draw: number; numbers: string; sides: readonly SideValue[] }
}) {
  const t = useTranslations('premises')
  const [draft, setDraft] = useState<PremisePrompt | null>(null)
  const [draw, setDraw] = useState(props.beginning.draw)
  const [numbers, setNumbers] = useState(props.beginning.numbers)
  const [sides, setSides] = useState(props.beginning.sides)
  const [first] = sides
  const isCompared = sides.length > 1
  const named = numbers.match(/\d+/g)?.length ?? 0
  const calls = (named > 0 ? named : drawn) * sides.length

  useEffect(() => {
    const found = draftIn(localStorage.getItem(draftName(props.projectId)), readPrompt)
    if (!found) return
    setDraft(found.value)
    // Words that are being written are what one most likely wants to try.
    setSides((all) => all.map((side, at) => (at === 0 ? { ...side, prompt: 'draft' } : side)))
  }, [props.projectId])

  const asked = sides.map(({ prompt, writer, model, style, temperature }) => ({
    prompt: prompt === 'draft' ? { kind: 'draft', words: draft } : { kind: 'version', id: prompt },
    writer: writer === 'engine' ? { kind: 'engine', model } : { kind: 'endpoint', id: writer, model },
    sampling: { ...props.sampling, style, temperature: temperature.trim() === '' ? null : Number(temperature) },
  }))
  const setSide = (at: number, value: SideValue) => setSides((all) => all.map((side, which) => (which === at ? value : side)))

  return (
    <ActionForm action={tryPrompts} values={{ projectId: props.projectId, draw, sides: JSON.stringify(asked) }} label={t('try')} className="gap-5">
      <div className="grid items-start gap-x-6 gap-y-4 md:grid-cols-3">
        <Field name="passageSetId" label={t('passageSet')}>
          <Select defaultValue={props.beginning.passageSetId}>
            {props.sets.map((set) => (
              <option key={set.id} value={set.id}>
                {set.label}
              </option>
            ))}
          </Select>
        </Field>
        <Field name="numbers" label={t('tryPassages')} hint={named > 0 ? t('tryNamed', { count: named }) : t('tryDrawn', { count: drawn, seed: draw })}>
          <TextInput inputMode="numeric" placeholder="3, 18, 42" value={numbers} autoComplete="off" onChange={(event) => setNumbers(event.target.value)} />
        </Field>
        <Button
          className="justify-self-start md:mt-[25px]"
          onClick={() => {
            setNumbers('')
            setDraw(draw + 1)
          }}
        >
          <Shuffle size={14} aria-hidden />
          {t('otherFive')}
        </Button>
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {sides.map((side, at) => (
          <SideFields key={at} at={at} title={isCompared ? t(at === 0 ? 'sideA' : 'sideB') : t('oneSide')} value={side} versions={props.versions} hasDraft={draft !== null} writers={props.writers} onChange={(value) => setSide(at, value)} />
        ))}
      </div>
      <Checkbox label={t('compare')} checked={isCompared} onChange={(event) => first && setSides(event.target.checked ? [first, { ...first, prompt: props.versions[0]?.id ?? first.prompt }] : [first])} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton kind="primary">{t('tryCalls', { count: calls })}</SubmitButton>
        <span className="text-sm text-muted">{t('tryWhat')}</span>
      </div>
    </ActionForm>
  )
}
