'use client'

import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { rank } from '@/app/_palette/rank'
import { useActions } from '@/app/_palette/use-actions'
import { usePages } from '@/app/_palette/use-pages'
import { usePlaces } from '@/app/_palette/use-places'
import { runHref } from '@/app/_palette/run-href'
import type { ProjectLink } from '@/app/_ui/frame/stage-state'

const item =
  'flex cursor-pointer items-baseline gap-3 rounded-base px-3 py-2 data-[selected=true]:bg-wash data-[selected=true]:outline data-[selected=true]:outline-1 data-[selected=true]:outline-edge'
const group = '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted'

const searchValue = 'search'
const valueOf = (key: string, name: string) => `${key} ${name}`.trim()

/** What can be opened or done, narrowed by what is typed; the last entry looks for the words in the novels themselves. */
export function PaletteList({ project, onDone }: { project: ProjectLink | null; onDone: () => void }) {
  const t = useTranslations('palette')
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState('')
  const words = typed.trim()
  const places = usePlaces(project?.id ?? null, words)
  const pages = usePages(project)
  const actions = useActions()
  const base = `/projects/${project?.id}`
  const firstNovel = places.novels[0]
  // Novels come a moment after what is here already: Enter is for the first of them, not for what stood alone before.
  useEffect(() => {
    if (words !== '' && firstNovel) setChosen((before) => (before === searchValue ? valueOf(`novel-${firstNovel.id}`, firstNovel.title) : before))
  }, [words, firstNovel])
  const go = (href: string) => {
    onDone()
    router.push(href)
  }
  const entry = (key: string, name: string, onSelect: () => void, more: { names?: string[]; note?: ReactNode } = {}) => (
    <Command.Item key={key} value={valueOf(key, name)} keywords={[name, ...(more.names ?? [])]} onSelect={onSelect} className={item}>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{name}</span>
      {more.note && <span className="shrink-0 text-xs text-muted">{more.note}</span>}
    </Command.Item>
  )
  // What the server found by these very words stays, in whichever writing the title has them.
  const novels = places.novels.map(({ id, title }) => entry(`novel-${id}`, title, () => go(`${base}/novels/${id}`), { names: [places.words] }))
  const runs = places.runs.map((run) => {
    const name = t(`run.${run.kind}`, { ordinal: run.ordinal })
    return entry(`${run.kind}-${run.id}`, run.name ?? name, () => go(`${base}/${runHref(run)}`), { names: [name], note: run.name ? name : undefined })
  })
  return (
    <Command label={t('open')} value={chosen} onValueChange={setChosen} loop vimBindings={false} filter={(_value, search, keywords = []) => rank(keywords[0] ?? '', search, keywords.slice(1))} className="flex min-h-0 flex-col">
      <Command.Input value={typed} onValueChange={setTyped} placeholder={t('placeholder')} className="h-12 w-full shrink-0 border-b border-line bg-raised px-4 text-ink outline-none placeholder:text-muted" />
      <Command.List label={t('entries')} className="min-h-0 flex-1 overflow-y-auto p-2">
        <Command.Empty className="px-3 py-4 text-muted">{t('none')}</Command.Empty>
        {words !== '' && novels.length > 0 && <Command.Group heading={t('novels')} className={group}>{novels}</Command.Group>}
        <Command.Group heading={project?.name ?? t('pages')} className={group}>
          {pages.map(({ key, name, href, names }) => entry(key, name, () => go(href), { names }))}
        </Command.Group>
        {words === '' && novels.length > 0 && <Command.Group heading={t('novels')} className={group}>{novels}</Command.Group>}
        {runs.length > 0 && <Command.Group heading={t('runs')} className={group}>{runs}</Command.Group>}
        {places.projects.length > 0 && (
          <Command.Group heading={t('projects')} className={group}>
            {places.projects.filter(({ id }) => id !== project?.id).map(({ id, name }) => entry(`project-${id}`, name, () => go(`/projects/${id}`)))}
          </Command.Group>
        )}
        <Command.Group heading={t('actions')} className={group}>
          {actions.map(({ key, name, names, act }) =>
            entry(key, name, () => {
              onDone()
              act()
            }, { names }),
          )}
        </Command.Group>
        {project && words !== '' && (
          <Command.Group heading={t('inNovels')} forceMount className={group}>
            <Command.Item forceMount value={searchValue} onSelect={() => go(`${base}/search?q=${encodeURIComponent(words)}`)} className={item}>
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{t('searchFor', { words })}</span>
            </Command.Item>
          </Command.Group>
        )}
      </Command.List>
    </Command>
  )
}
