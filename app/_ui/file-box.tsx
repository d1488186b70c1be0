'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { z } from 'zod'
import { Button } from '@/app/_ui/button'
import { DropBox } from '@/app/_ui/drop-box'
import { Bar } from '@/app/_ui/progress-bar'
import { sendRequest, SendFailure } from '@/app/_ui/send-request'
import { useToast } from '@/app/_ui/toast'

/** What the server has to say of a file that it took. */
const said = z.object({ said: z.string().nullish() })

/** Takes files by a button or by dropping them and sends them one after another, each in one piece, with progress and a cancel. */
export function FileBox(props: {
  accept: string
  multiple?: boolean
  button: string
  hint: string
  primary?: boolean
  className?: string
  /** Where a file of this name is posted to. */
  address: (name: string) => string
  children?: ReactNode
}) {
  const ui = useTranslations('ui')
  const toast = useToast()
  const router = useRouter()
  const [current, setCurrent] = useState<{ name: string; share: number; stop: AbortController } | null>(null)
  const take = async (files: readonly File[]) => {
    if (current) return
    for (const file of files) {
      const stop = new AbortController()
      const tell = (bytes: number) => setCurrent({ name: file.name, share: file.size === 0 ? 0 : bytes / file.size, stop })
      tell(0)
      try {
        const answer = said.safeParse((await sendRequest('POST', props.address(file.name), file, stop.signal, tell)).body)
        if (answer.data?.said) toast(answer.data.said)
      } catch (error) {
        if (stop.signal.aborted) break
        toast(error instanceof SendFailure && error.message !== '' ? error.message : ui('sendBroken', { name: file.name }), { bad: true })
      }
      router.refresh()
    }
    setCurrent(null)
  }
  return (
    <DropBox {...props} buttonKind={props.primary ? 'primary' : 'plain'} disabled={current !== null} onFiles={(files) => void take(files)}>
      {props.children}
      {current && (
        <div className="grid gap-1.5">
          <div className="flex items-center gap-x-4">
            <span className="min-w-0 font-semibold [overflow-wrap:anywhere]">{current.name}</span>
            <Button small className="ml-auto" onClick={() => current.stop.abort()}>
              {ui('cancel')}
            </Button>
          </div>
          <Bar label={current.name} share={current.share} />
        </div>
      )}
    </DropBox>
  )
}
