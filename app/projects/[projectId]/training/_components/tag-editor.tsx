'use client'

import { Plus, X } from 'lucide-react'
import { useId, useRef, useState, useTransition } from 'react'
import { useTranslations } from 'use-intl/react'
import { type FormAction, idle } from '@/app/_guard/action-state'
import { Link } from '@/app/_ui/link'
import { useToast } from '@/app/_ui/toast'
import { tagRun, untagRun } from '@/app/projects/[projectId]/training/run-actions'

/** A run's tags: each leads to the runs that have it, and can be taken off; a new one is typed or chosen from those known. */
export function TagEditor(props: { projectId: string; runId: string; run: string; tags: readonly string[]; known: readonly string[] }) {
  const t = useTranslations('training')
  const toast = useToast()
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [pending, start] = useTransition()

  const send = (action: FormAction, tag: string) =>
    start(async () => {
      const form = new FormData()
      form.set('projectId', props.projectId)
      form.set('runId', props.runId)
      form.set('tag', tag)
      const state = await action(idle, form)
      if (state.status === 'failed') toast(state.error, { bad: true })
    })
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const unused = props.known.filter((tag) => !props.tags.includes(tag))
  return (
    <span role="group" aria-label={t('tags.of', { run: props.run })} className="inline-flex flex-wrap items-center gap-1" aria-busy={pending}>
      {props.tags.map((tag) => (
        <span key={tag} className="inline-flex items-center rounded-base border border-line bg-wash text-xs">
          <Link href={`/projects/${props.projectId}/training?${new URLSearchParams({ tag })}`} className="max-w-40 truncate py-0.5 pl-1.5 text-ink no-underline hover:underline">
            {tag}
          </Link>
          <button type="button" aria-label={t('tags.remove', { tag, run: props.run })} onClick={() => send(untagRun, tag)} className="grid size-6 place-items-center rounded-base text-muted hover:text-ink">
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      {isOpen && (
        <>
          <input
            autoFocus
            list={`${id}-known`}
            aria-label={t('tags.new', { run: props.run })}
            placeholder={t('tags.placeholder')}
            maxLength={40}
            className="h-6 w-28 rounded-base border border-edge bg-raised px-1.5 text-xs"
            onBlur={() => setOpen(false)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') return close()
              if (event.key !== 'Enter') return
              // It may stand inside another form, which is not to be sent.
              event.preventDefault()
              const tag = event.currentTarget.value.trim()
              if (tag !== '') send(tagRun, tag)
              event.currentTarget.value = ''
            }}
          />
          <datalist id={`${id}-known`}>
            {unused.map((tag) => (
              <option key={tag} value={tag}>
                {tag}
              </option>
            ))}
          </datalist>
        </>
      )}
      <button ref={opener} type="button" hidden={isOpen} aria-label={t('tags.add', { run: props.run })} title={t('tags.addTitle')} onClick={() => setOpen(true)} className="grid size-6 place-items-center rounded-base text-muted hover:bg-wash hover:text-ink">
        <Plus size={13} aria-hidden />
      </button>
    </span>
  )
}
