import { Pause, Play } from 'lucide-react'
import type { FormAction } from '@/app/_guard/action-state'
import { ActionForm } from '@/app/_ui/action-form'
import type { ButtonKind } from '@/app/_ui/button'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { Job } from '@/lib/generated/prisma/client'

type Act = { word: string; action: FormAction }

/** Pauses work that waits or runs, and goes on with what is paused; nothing where neither can be. */
export function PauseForm(props: { job: Pick<Job, 'state' | 'stopRequest'>; values: Record<string, string>; pause: Act; goOn: Act & { kind?: ButtonKind }; small?: boolean }) {
  const { job, values, small } = props
  const isPaused = job.state === 'paused'
  if (!isPaused && ((job.state !== 'running' && job.state !== 'queued') || job.stopRequest !== 'none')) return null
  const { word, action } = isPaused ? props.goOn : props.pause
  const Icon = isPaused ? Play : Pause
  return (
    <ActionForm action={action} values={values} label={word}>
      <SubmitButton kind={isPaused ? (props.goOn.kind ?? 'primary') : undefined} small={small}>
        <Icon size={14} aria-hidden />
        {word}
      </SubmitButton>
    </ActionForm>
  )
}
