'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { decideByFilter, reviseByFilter } from '@/app/projects/[projectId]/novels/bulk-actions'
import { useSelection } from '@/app/projects/[projectId]/novels/_components/selection'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { ChapterFilter } from '@/lib/settings/chapter-filter'
import { registers } from '@/lib/settings/novels'
import type { ClutterCounts } from '@/lib/stages/novels/clutter'
import { type ClutterKind, clutterKinds } from '@/lib/text/clutter'

/** What the bar needs of a novel that the filter names. */
export type Meant = { id: number; chapters: number; characters: number; clutter: ClutterCounts; traditional: number }

const look = 'h-8 rounded-base border border-edge bg-raised px-2 text-sm text-ink'

/** What can be done with the novels that are ticked or, without any, with all that the filter names: counted first, and undone. */
export function BulkBar({ projectId, filter, novels }: { projectId: string; filter: ChapterFilter; novels: readonly Meant[] }) {
  const t = useTranslations('library')
  const words = useTranslations('novels')
  const { chosen, clear } = useSelection()
  const [word, setWord] = useState('')
  const ticked = novels.filter(({ id }) => chosen.has(id))
  const meant = ticked.length > 0 ? ticked : novels
  const sum = (of: (novel: Meant) => number) => meant.reduce((all, novel) => all + of(novel), 0)
  const count = t('meant', { novels: meant.length, chapters: sum(({ chapters }) => chapters), characters: sum(({ characters }) => characters) })
  const values = { projectId, filter: JSON.stringify(ticked.length > 0 ? { ...filter, novelIds: ticked.map(({ id }) => id) } : filter) }
  const choices = [
    ...(['taken', 'left_out', 'by_register'] as const).map((value) => ({ value: `taking:${value}`, short: words(`takings.${value}`), label: t('choice', { what: words('taking'), value: words(`takings.${value}`) }) })),
    ...(['training', 'validation', 'drawn'] as const).map((value) => ({ value: `role:${value}`, short: words(`roles.${value}`), label: t('choice', { what: words('role'), value: words(`roles.${value}`) }) })),
    ...registers.map((value) => ({ value: `register:${value}`, short: words(`register.${value}`), label: t('choice', { what: words('registers'), value: words(`register.${value}`) }) })),
    { value: 'register:measured', short: t('asMeasured'), label: t('choice', { what: words('registers'), value: t('asMeasured') }) },
  ]
  const choice = choices.find(({ value }) => value === word)
  return (
    <div role="group" aria-label={t('bulk')} className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 border-y border-line py-2 text-sm">
      <span role="status">
        {ticked.length > 0 ? t('ticked') : t('allFiltered')} {count}
      </span>
      {ticked.length > 0 && (
        <Button small kind="quiet" onClick={clear}>
          {t('untick')}
        </Button>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-2">
        <select aria-label={t('word')} value={word} onChange={(event) => setWord(event.target.value)} className={look}>
          <option value="" disabled>
            {t('chooseWord')}
          </option>
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <Ask title={t('decideTitle', { word: choice?.label ?? '' })} trigger={t('decide')} disabled={meant.length === 0 || !choice} description={`${count}${t('decideNote')}`} confirm={t('decideConfirm', { word: choice?.short ?? '', novels: meant.length })} action={decideByFilter} values={{ ...values, word }} />
        <Clean values={values} meant={meant} count={count} />
        <Ask
          title={t('simplifyTitle')}
          trigger={t('simplify')}
          disabled={sum(({ traditional }) => traditional) === 0}
          description={t('simplifyNote', { count, characters: sum(({ traditional }) => traditional) })}
          confirm={t('simplifyConfirm', { novels: meant.filter(({ traditional }) => traditional > 0).length })}
          action={reviseByFilter}
          values={{ ...values, kind: 'simplify', novels: meant.map(({ id }) => id).join(',') }}
        />
      </span>
    </div>
  )
}

function Ask(props: { title: string; trigger: string; disabled: boolean; description: string; confirm: string; ready?: boolean; action: typeof decideByFilter; values: Record<string, string | number>; children?: React.ReactNode }) {
  const [open, setOpen] = useState(false)
  const ui = useTranslations('ui')
  return (
    <Dialog open={open} onOpenChange={setOpen} title={props.title} description={props.description} trigger={<Button small disabled={props.disabled}>{props.trigger}</Button>}>
      <ActionForm action={props.action} values={props.values} onDone={() => setOpen(false)}>
        {props.children}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={() => setOpen(false)}>{ui('cancel')}</Button>
          <SubmitButton kind="primary" disabled={props.ready === false}>{props.confirm}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}

function Clean({ values, meant, count }: { values: Record<string, string>; meant: readonly Meant[]; count: string }) {
  const t = useTranslations('library')
  const reading = useTranslations('reading')
  const { number } = useFormatter()
  const [kinds, setKinds] = useState<readonly ClutterKind[]>([])
  const places = clutterKinds.map((kind) => ({ kind, count: meant.reduce((all, { clutter }) => all + (clutter[kind] ?? 0), 0) })).filter((each) => each.count > 0)
  const removed = places.filter(({ kind }) => kinds.includes(kind)).reduce((all, each) => all + each.count, 0)
  return (
    <Ask
      title={t('cleanTitle')}
      trigger={t('clean')}
      disabled={places.length === 0}
      description={t('cleanNote', { count })}
      confirm={t('cleanConfirm', { places: removed })}
      ready={removed > 0}
      action={reviseByFilter}
      values={{ ...values, kind: 'clean', novels: meant.map(({ id }) => id).join(',') }}
    >
      <fieldset className="m-0 grid gap-1.5 border-0 p-0">
        <legend className="mb-1 font-semibold">{t('cleanKinds')}</legend>
        {places.map(({ kind, count: own }) => (
          <label key={kind} className="flex items-center gap-2">
            <input type="checkbox" name="kinds" value={kind} checked={kinds.includes(kind)} onChange={(event) => setKinds(event.target.checked ? [...kinds, kind] : kinds.filter((each) => each !== kind))} className="size-[18px]" />
            {reading(`clutter.${kind}`)}
            <span className="ml-auto text-muted tabular-nums">{number(own)}</span>
          </label>
        ))}
      </fieldset>
    </Ask>
  )
}
