'use client'

import { usePathname, useRouter } from 'next/navigation'
import { headingWords } from '@/app/_novels/heading-words'
import { type ReactNode, useId, useTransition } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { useRest } from '@/app/_ui/use-rest'
import type { PassageFilter } from '@/lib/stages/passages/filter'
import type { SetChapter, SetNovel } from '@/lib/stages/passages/rows'

const registers = ['modern', 'early_vernacular', 'classical'] as const
const places = ['opening', 'middle', 'ending', 'whole'] as const
const ends = ['midScene', 'chapter', 'scene', 'paragraph', 'sentence', 'quotation', 'clause', 'character'] as const
const orders = ['novel', 'shortest', 'longest'] as const
/** Milliseconds after the last key of a number. */
const rest = 300

/** Which passages are listed. Every choice goes into the URL at once; they combine. */
export function FilterBar({ filter, novels, chapters }: { filter: PassageFilter; novels: readonly SetNovel[]; chapters: readonly SetChapter[] }) {
  const t = useTranslations('passages')
  const { number } = useFormatter()
  const router = useRouter()
  const path = usePathname()
  const [drawing, start] = useTransition()
  const rested = useRest(rest)
  const set = (changes: Record<string, string>) => {
    const query = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') query.delete(name)
      else query.set(name, value)
    }
    query.delete('open')
    start(() => router.replace(query.size > 0 ? `${path}?${query}` : path, { scroll: false }))
  }
  const later = (name: string, value: string) => rested(() => set({ [name]: value.replace(/\D/g, '') }))
  const isFiltered = Object.entries(filter).some(([name, value]) => name !== 'order' && value !== undefined)
  const any = { value: '', label: t('any') }
  const ui = useTranslations('ui')
  const untitled = (chapter: SetChapter) => headingWords(chapter.heading, ui('front')) || t('untitled', { ordinal: chapter.ordinal + 1 })
  return (
    <div role="group" aria-label={t('filter')} aria-busy={drawing} className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Choice label={t('novel')} value={String(filter.novel ?? '')} options={[any, ...novels.map((novel) => ({ value: String(novel.id), label: `${novel.title} (${number(novel.passages)})` }))]} choose={(value) => set({ novel: value, chapter: '' })} />
      {chapters.length > 0 && <Choice label={t('chapter')} value={String(filter.chapter ?? '')} options={[any, ...chapters.map((chapter) => ({ value: String(chapter.id), label: `${untitled(chapter)} (${number(chapter.passages)})` }))]} choose={(value) => set({ chapter: value })} />}
      <Choice label={t('registers')} value={filter.register ?? ''} options={[any, ...registers.map((value) => ({ value, label: t(`register.${value}`) }))]} choose={(value) => set({ register: value })} />
      <Choice label={t('place')} value={filter.place ?? ''} options={[any, ...places.map((value) => ({ value, label: t(`places.${value}`) }))]} choose={(value) => set({ place: value })} />
      <Choice label={t('endsAt')} value={filter.ends ?? ''} options={[any, ...ends.map((value) => ({ value, label: t(`ends.${value}`) }))]} choose={(value) => set({ ends: value })} />
      <Labelled label={t('from')} unit={t('charactersUnit')}>
        {(id) => <input id={id} key={`from ${filter.from ?? ''}`} inputMode="numeric" defaultValue={filter.from ?? ''} onChange={(event) => later('from', event.target.value)} className={look} />}
      </Labelled>
      <Labelled label={t('to')} unit={t('charactersUnit')}>
        {(id) => <input id={id} key={`to ${filter.to ?? ''}`} inputMode="numeric" defaultValue={filter.to ?? ''} onChange={(event) => later('to', event.target.value)} className={look} />}
      </Labelled>
      <Choice label={t('order')} value={filter.order} options={orders.map((value) => ({ value, label: t(`orders.${value}`) }))} choose={(value) => set({ order: value === 'novel' ? '' : value })} />
      {isFiltered && <Button small kind="quiet" onClick={() => set({ novel: '', chapter: '', register: '', place: '', ends: '', from: '', to: '' })}>{t('clear')}</Button>}
    </div>
  )
}

const look = 'h-8 w-20 rounded-base border border-line bg-raised px-1.5 text-ink hover:border-edge'

function Choice({ label, value, options, choose }: { label: string; value: string; options: readonly { value: string; label: string }[]; choose: (value: string) => void }) {
  return (
    <Labelled label={label}>
      {(id) => (
        <select id={id} value={value} onChange={(event) => choose(event.target.value)} className="h-8 max-w-44 rounded-base border border-line bg-raised px-1.5 text-ink hover:border-edge">
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

function Labelled({ label, unit, children }: { label: string; unit?: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <span className="flex items-center gap-1.5 text-sm text-muted">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {unit}
    </span>
  )
}
