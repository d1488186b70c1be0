'use client'

import { startTransition, useCallback } from 'react'
import { type ActionState, idle, type Undo } from '@/app/_guard/action-state'
import { useToast } from '@/app/_ui/toast'

/** Says what an action came to, with a button that takes it back where it can be. */
export function useOutcome(): (state: ActionState) => void {
  const toast = useToast()
  return useCallback(
    (state) => {
      const say = (after: ActionState): void => {
        if (after.status === 'failed') toast(after.error, { bad: true })
        if (after.status !== 'done' || after.message === null) return
        const { undo } = after
        toast(after.message, undo ? { undo: () => startTransition(async () => say(await takeBack(undo))), again: undo.again === true } : undefined)
      }
      say(state)
    },
    [toast],
  )
}

async function takeBack({ action, values }: Undo): Promise<ActionState> {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.set(name, String(value))
  return action(idle, form)
}
