import type { ReactNode } from 'react'
import { ClientProvider } from '@/app/_i18n/client-provider'
import { type Area, messagesOf } from '@/app/_i18n/messages'
import { getLocale } from '@/app/_i18n/server'

/**
 * Gives the client components inside it the words of the named areas
 * (and always those of `ui`), and nothing of the others.
 */
export async function ClientMessages({ areas = [], children }: { areas?: readonly Area[]; children: ReactNode }) {
  const locale = await getLocale()
  const all = messagesOf(locale)
  const some = Object.fromEntries(['ui' as const, ...areas].map((area) => [area, all[area]]))
  return (
    <ClientProvider locale={locale} messages={some}>
      {children}
    </ClientProvider>
  )
}
