'use client'

import { ArrowDown, ArrowUp, ArrowUpToLine } from 'lucide-react'
import { type KeyboardEvent, useTransition } from 'react'
import { useTranslations } from 'use-intl/react'
import { idle } from '@/app/_guard/action-state'
import { Button } from '@/app/_ui/button'
import { useToast } from '@/app/_ui/toast'
import { moveInQueue } from '@/app/jobs/actions'
import type { Move } from '@/lib/queue/order'

const keys: Record<string, Move> = { ArrowUp: 'up', ArrowDown: 'down', Home: 'front' }
const looks = [
  { move: 'front', Icon: ArrowUpToLine, shortcut: 'Alt+Home' },
  { move: 'up', Icon: ArrowUp, shortcut: 'Alt+ArrowUp' },
  { move: 'down', Icon: ArrowDown, shortcut: 'Alt+ArrowDown' },
] as const

/** Changes the place of a waiting job: three buttons, and Alt with the arrows or Home while one of them has the focus. */
export function QueueMoves({ jobId, name, ahead, behind }: { jobId: string; name: string; ahead: number; behind: number }) {
  const t = useTranslations('jobs')
  const toast = useToast()
  const [pending, start] = useTransition()
  const can = { front: ahead > 0, up: ahead > 0, down: behind > 0 }

  const go = (move: Move) => {
    if (pending || !can[move]) return
    start(async () => {
      const form = new FormData()
      form.set('jobId', jobId)
      form.set('move', move)
      const state = await moveInQueue(idle, form)
      if (state.status === 'failed') toast(state.error, { bad: true })
      if (state.status === 'done' && state.message) toast(state.message)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = event.altKey ? keys[event.key] : undefined
    if (!move) return
    event.preventDefault()
    go(move)
  }
  return (
    <span role="group" aria-label={t('moveOf', { name })} className="inline-flex gap-0.5" onKeyDown={onKeyDown}>
      {looks.map(({ move, Icon, shortcut }) => (
        // Not `disabled`: who has just moved it to the front keeps the focus where it was.
        <Button key={move} small kind="quiet" aria-label={t(`move.${move}`)} title={`${t(`move.${move}`)} (${shortcut.replace('Arrow', '')})`} aria-keyshortcuts={shortcut} aria-disabled={!can[move]} onClick={() => go(move)}>
          <Icon size={15} aria-hidden />
        </Button>
      ))}
    </span>
  )
}
