'use client'

import { Shuffle } from 'lucide-react'
import { headingWords } from '@/app/_novels/heading-words'
import { useEffect, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { readContents } from '@/app/projects/[projectId]/premises/actions'
import { numbersIn, type SelectionValue, selectionOf, wholeSet } from '@/app/projects/[projectId]/premises/_selection'
import { Fold } from '@/app/_settings/fold'
import { Button } from '@/app/_ui/button'
import { Checkbox } from '@/app/_ui/checkbox'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'
import type { SetNovel } from '@/lib/stages/passages/set-contents'

export type SetOption = { id: string; label: string; passages: number }

const samples = [50, 200, 1000] as const

/** Which passages a run takes: a set by its name, a sample drawn by one click, and what is left out, novel by novel and chapter by chapter. */
export function SelectionFields(props: {
  projectId: string
  sets: readonly SetOption[]
  passageSetId: string
  value: SelectionValue
  /** Passages that the selection comes to; null until that is known. */
  passages: number | null
  onSet: (passageSetId: string) => void
  onChange: (value: SelectionValue) => void
}) {
  const t = useTranslations('premises')
  const format = useFormatter()
  const { value } = props
  const set = (change: Partial<SelectionValue>) => props.onChange({ ...value, ...change })
  const chosen = props.sets.find(({ id }) => id === props.passageSetId)
  const selection = selectionOf(value)
  const counts = { novels: value.novels.length, chapters: value.chapters.length, passages: numbersIn(value.passages).length }
  const leftOut = (['novels', 'chapters', 'passages'] as const).flatMap((kind) => (counts[kind] > 0 ? [t(`leftOutCount.${kind}`, { count: counts[kind] })] : []))
  return (
    <div className="grid gap-4">
      <input type="hidden" name="selection" value={selection ? JSON.stringify(selection) : ''} />
      <div className="grid items-start gap-x-6 gap-y-4 md:grid-cols-2">
        <Field name="passageSetId" label={t('passageSet')}>
          <Select value={props.passageSetId} onChange={(event) => props.onSet(event.target.value)}>
            {props.sets.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <div role="group" aria-label={t('howMany')}>
          <span className="mb-1 block font-semibold">{t('howMany')}</span>
          <div className="flex flex-wrap items-center gap-2">
            <Button small aria-pressed={value.size === ''} className="min-h-9 aria-pressed:border-ink" onClick={() => set({ size: '' })}>
              {t('allPassages')}
            </Button>
            {samples
              .filter((size) => chosen === undefined || size < chosen.passages)
              .map((size) => (
                <Button key={size} small aria-pressed={value.size === String(size)} className="min-h-9 aria-pressed:border-ink" onClick={() => set({ size: String(size) })}>
                  {t('sampleOf', { count: size })}
                </Button>
              ))}
            <TextInput inputMode="numeric" aria-label={t('sampleSize')} placeholder={t('sampleSize')} className="!w-28" value={value.size} onChange={(event) => set({ size: event.target.value.replace(/\D/g, '').slice(0, 8) })} />
            {value.size !== '' && (
              <Button small kind="quiet" className="min-h-9" aria-label={t('otherSample')} title={t('otherSample')} onClick={() => set({ seed: value.seed + 1 })}>
                <Shuffle size={14} aria-hidden />
                {t('seedIs', { seed: value.seed })}
              </Button>
            )}
          </div>
        </div>
      </div>
      <Fold summary={leftOut.length === 0 ? t('leaveOut') : t('leftOut', { what: format.list(leftOut, { type: 'conjunction' }) })}>
        <Contents projectId={props.projectId} passageSetId={props.passageSetId} value={value} onChange={set} />
        <Field name="leftOutPassages" label={t('leaveOutPassages')} hint={t('leaveOutPassagesHint')}>
          <TextInput value={value.passages} placeholder="3, 18, 42-60" autoComplete="off" onChange={(event) => set({ passages: event.target.value })} />
        </Field>
        {selection && (
          <Button small className="justify-self-start" onClick={() => props.onChange(wholeSet)}>
            {t('takeAll')}
          </Button>
        )}
      </Fold>
      <p role="status" className="m-0 text-sm text-muted">
        {props.passages !== null && t('selected', { count: format.number(props.passages), of: format.number(chosen?.passages ?? props.passages) })}
      </p>
    </div>
  )
}

/** The set's novels and their chapters, asked for when the fold is first drawn; an unticked one is left out. */
function Contents({ projectId, passageSetId, value, onChange }: { projectId: string; passageSetId: string; value: SelectionValue; onChange: (change: Partial<SelectionValue>) => void }) {
  const t = useTranslations('premises')
  const format = useFormatter()
  const ui = useTranslations('ui')
  const [novels, setNovels] = useState<readonly SetNovel[] | null>(null)
  useEffect(() => {
    let isOver = false
    readContents(projectId, passageSetId).then(
      (found) => !isOver && setNovels(found),
      () => !isOver && setNovels([]),
    )
    return () => {
      isOver = true
    }
  }, [projectId, passageSetId])
  const toggled = (ids: readonly number[], id: number, isTaken: boolean) => (isTaken ? ids.filter((each) => each !== id) : [...ids, id])
  if (novels === null) return <p className="m-0 text-muted">{t('readingContents')}</p>
  return (
    <ul aria-label={t('novelsAndChapters')} className="m-0 grid max-h-80 list-none gap-1.5 overflow-y-auto p-0" tabIndex={0}>
      {novels.map((novel) => {
        const isTaken = !value.novels.includes(novel.novelId)
        const label = `${novel.title} · ${t('passageCount', { count: format.number(novel.passages) })}`
        return (
          <li key={novel.novelId}>
            <Checkbox label={label} checked={isTaken} onChange={(event) => onChange({ novels: toggled(value.novels, novel.novelId, event.target.checked) })} />
            {isTaken && novel.chapters.length > 1 && (
              <details className="ml-6">
                <summary className="text-sm text-muted">{t('chaptersOf', { count: novel.chapters.length })}</summary>
                <ul className="m-0 mt-1 grid list-none gap-1 p-0">
                  {novel.chapters.map((chapter) => (
                    <li key={chapter.chapterId}>
                      <Checkbox
                        label={`${headingWords(chapter.heading, ui('front')) || '–'} · ${format.number(chapter.passages)}`}
                        checked={!value.chapters.includes(chapter.chapterId)}
                        onChange={(event) => onChange({ chapters: toggled(value.chapters, chapter.chapterId, event.target.checked) })}
                      />
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        )
      })}
    </ul>
  )
}
