import '@/app/globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { ThemeProvider } from '@/app/_ui/theme-provider'
import { ToastProvider } from '@/app/_ui/toast'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('frame')
  return { title: { default: t('product'), template: `%s · ${t('product')}` }, description: t('description') }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#FAF7F0' },
    { media: '(prefers-color-scheme: dark)', color: '#14120F' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang={locale} suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>
          <ClientMessages>
            <ToastProvider>{children}</ToastProvider>
          </ClientMessages>
        </ThemeProvider>
      </body>
    </html>
  )
}
