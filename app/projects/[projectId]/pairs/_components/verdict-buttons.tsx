'use client'

import { Check, X } from 'lucide-react'
import { startTransition, useActionState, useOptimistic } from 'react'
import { useTranslations } from 'use-intl/react'
import { decideOnPair } from '@/app/projects/[projectId]/pairs/actions'
import { type ActionState, idle } from '@/app/_guard/action-state'
import { Button } from '@/app/_ui/button'
import { useToast } from '@/app/_ui/toast'

type Verdict = 'undecided' | 'kept' | 'rejected'

/** Keep or reject a pair; pressing the pressed one again takes the word back. */
export function VerdictButtons({ projectId, pair, verdict }: { projectId: string; pair: string; verdict: Verdict }) {
  const t = useTranslations('pairs')
  const toast = useToast()
  // Said here and not after the next drawing: by then the keyboard may have gone on to the next pair.
  const [, act] = useActionState(async (before: ActionState, form: FormData) => {
    const after = await decideOnPair(before, form)
    if (after.status === 'failed') toast(after.error, { bad: true })
    return after
  }, idle)
  const [shown, show] = useOptimistic<Verdict>(verdict)

  const say = (pressed: Verdict) => {
    const next = shown === pressed ? 'undecided' : pressed
    const form = new FormData()
    form.set('projectId', projectId)
    form.set('pair', pair)
    form.set('verdict', next)
    startTransition(() => {
      show(next)
      act(form)
    })
  }
  return (
    <span role="group" aria-label={t('verdictOf')} className="flex gap-2">
      <Button small data-key="k" aria-pressed={shown === 'kept'} onClick={() => say('kept')} className="aria-pressed:border-malachite-text aria-pressed:text-malachite-text">
        <Check size={14} aria-hidden />
        <Words shown={t(shown === 'kept' ? 'kept' : 'keep')} other={t(shown === 'kept' ? 'keep' : 'kept')} />
      </Button>
      <Button small data-key="r" aria-pressed={shown === 'rejected'} onClick={() => say('rejected')} className="aria-pressed:border-seal aria-pressed:text-seal">
        <X size={14} aria-hidden />
        <Words shown={t(shown === 'rejected' ? 'rejected' : 'reject')} other={t(shown === 'rejected' ? 'reject' : 'rejected')} />
      </Button>
    </span>
  )
}

/** One of two words in the room of the longer, so that nothing moves under the pointer. */
function Words({ shown, other }: { shown: string; other: string }) {
  return (
    <span className="inline-grid justify-items-center">
      <span className="col-start-1 row-start-1">{shown}</span>
      <span aria-hidden className="invisible col-start-1 row-start-1">
        {other}
      </span>
    </span>
  )
}
