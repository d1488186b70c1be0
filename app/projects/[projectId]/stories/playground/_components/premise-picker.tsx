'use client'

import { BookOpen, Shuffle } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'
import type { ChosenPremise } from '@/app/projects/[projectId]/stories/playground/_components/premise-field'
import { usePremises } from '@/app/projects/[projectId]/stories/playground/_components/use-premises'
import type { SourceOption } from '@/lib/stages/playground/found-premises'

/** Takes a premise from a test file or from the pairs held out of a version: by its number, by words, or by chance. */
export function PremisePicker({ projectId, sources, onChoose }: { projectId: string; sources: readonly SourceOption[]; onChoose: (chosen: ChosenPremise) => void }) {
  const t = useTranslations('playground')
  const { number } = useFormatter()
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const [words, setWords] = useState('')
  const [draw, setDraw] = useState<number | null>(null)
  const source = sources[at] ?? sources[0]
  const found = usePremises(projectId, open ? (source?.source ?? null) : null, words, draw)
  const nameOf = (option: SourceOption) => (option.kind === 'rows' ? t('sourceRows', { name: option.name, count: option.count }) : t('sourcePairs', { name: option.name || t('version', { ordinal: option.ordinal ?? 0 }), count: option.count }))
  return (
    <Dialog
      title={t('take')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <BookOpen size={16} aria-hidden />
          {t('take')}
        </Button>
      }
    >
      <div className="grid gap-3">
        <Field name="source" label={t('source')}>
          <Select value={at} onChange={(event) => setAt(Number(event.target.value))}>
            {sources.map((option, place) => (
              <option key={place} value={place}>
                {nameOf(option)}
              </option>
            ))}
          </Select>
        </Field>
        <div className="flex items-end gap-2">
          <Field name="words" label={t('search')} className="min-w-0 flex-1">
            <TextInput
              value={words}
              autoComplete="off"
              placeholder={t('searchPlaceholder')}
              onChange={(event) => {
                setDraw(null)
                setWords(event.target.value)
              }}
            />
          </Field>
          <Button
            onClick={() => {
              setWords('')
              setDraw(1 + Math.floor(Math.random() * 2 ** 30))
            }}
          >
            <Shuffle size={15} aria-hidden />
            {t('random')}
          </Button>
        </div>
        <p role="status" className="m-0 text-sm text-muted">
          {found === 'failed' ? t('searchFailed') : found === null ? t('searching') : found.length === 0 ? t('searchNone') : t('searchFound', { count: found.length })}
        </p>
        {Array.isArray(found) && (
          <ul className="m-0 grid max-h-[42dvh] list-none gap-1 overflow-y-auto p-0" aria-label={t('found')}>
            {found.map((each) => (
              <li key={each.number}>
                <button
                  type="button"
                  className="grid w-full grid-cols-[3.5em_minmax(0,1fr)] gap-x-2 rounded-base px-2 py-1.5 text-left hover:bg-wash"
                  onClick={() => {
                    onChoose({ premise: each.premise, from: each.from, place: [source && nameOf(source), `#${number(each.number)}`, each.title].filter(Boolean).join(' · ') })
                    setOpen(false)
                  }}
                >
                  <span className="text-sm text-muted tabular-nums">#{number(each.number)}</span>
                  <span lang="zh-CN" className="line-clamp-3 font-serif text-[15px] leading-relaxed [overflow-wrap:anywhere]">
                    {each.premise}
                  </span>
                  {each.title && <span className="col-start-2 text-xs text-muted">{each.title}</span>}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  )
}
