'use client'

import { X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'

type Message = { id: number; text: string; bad: boolean; undo: (() => void) | undefined; again: boolean }
type Tell = (text: string, options?: { bad?: boolean; undo?: () => void; /** The button does once more what was taken back. */ again?: boolean }) => void

const ToastContext = createContext<Tell>(() => {})

/** How long a word stays, and one that can be taken back; ms. The pointer or the focus on it stops the clock. */
const [staysMs, staysToUndoMs] = [6_000, 12_000]

/** Says a short word about what was just done: `const toast = useToast(); toast(t('saved'))`. */
export function useToast(): Tell {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('ui')
  const [messages, setMessages] = useState<Message[]>([])
  const tell = useCallback<Tell>((text, options) => {
    setMessages((all) => [...all.slice(-2), { id: (all.at(-1)?.id ?? 0) + 1, text, bad: options?.bad ?? false, undo: options?.undo, again: options?.again ?? false }])
  }, [])
  const forget = (id: number) => setMessages((all) => all.filter((message) => message.id !== id))

  return (
    <ToastContext value={tell}>
      <Toast.Provider label={t('notice')} duration={staysMs} swipeDirection="right">
        {children}
        {messages.map((message) => (
          <Toast.Root
            key={message.id}
            type={message.bad ? 'foreground' : 'background'}
            duration={message.undo ? staysToUndoMs : staysMs}
            onOpenChange={(open) => open || forget(message.id)}
            className="flex items-start gap-3 rounded-base border border-line bg-raised px-4 py-3 shadow-float"
          >
            <Toast.Description className={message.bad ? 'flex-1 text-seal' : 'flex-1'}>{message.text}</Toast.Description>
            {message.undo && (
              <Toast.Action altText={t(message.again ? 'redoKey' : 'undoKey')} asChild>
                <Button small onClick={message.undo}>
                  {t(message.again ? 'redo' : 'undo')}
                </Button>
              </Toast.Action>
            )}
            <Toast.Close aria-label={t('close')} className="-m-1 rounded-base p-1 text-muted hover:text-ink">
              <X size={16} aria-hidden />
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport label={`${t('notice')} (F8)`} className="fixed right-4 bottom-20 z-50 m-0 grid w-[min(360px,calc(100vw-32px))] list-none gap-2 p-0 md:bottom-4" />
      </Toast.Provider>
    </ToastContext>
  )
}
