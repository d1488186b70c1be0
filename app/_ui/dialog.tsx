'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'

/** A dialog that keeps the focus inside it and gives it back; `trigger` is the button that opens it, where one does. */
export function Dialog(props: {
  trigger?: ReactNode
  title: string
  description?: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children?: ReactNode
}) {
  const t = useTranslations('ui')
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      {props.trigger && <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(31_27_22/45%)]" />
        <Radix.Content
          className="fixed top-1/2 left-1/2 z-40 grid max-h-[85dvh] w-[min(520px,calc(100vw-32px))] -translate-x-1/2 -translate-y-1/2 gap-4 overflow-y-auto rounded-base border border-line bg-raised p-6 shadow-float"
          {...(props.description ? {} : { 'aria-describedby': undefined })}
        >
          <Radix.Title className="m-0 pr-8 text-lg font-semibold">{props.title}</Radix.Title>
          {props.description && (
            <Radix.Description asChild>
              <div className="text-muted">{props.description}</div>
            </Radix.Description>
          )}
          {props.children}
          {/* Last, so that opening puts the focus on what the dialog is for. */}
          <Radix.Close aria-label={t('close')} className="absolute top-5 right-5 rounded-base p-1 text-muted hover:text-ink">
            <X size={18} aria-hidden />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
