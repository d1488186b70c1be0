'use client'

import type { ReactNode } from 'react'
import type { AbstractIntlMessages } from 'use-intl/core'
import { IntlProvider } from 'use-intl/react'
import type { Locale } from '@/app/_i18n/locale'

export function ClientProvider(props: { locale: Locale; messages: AbstractIntlMessages; children: ReactNode }) {
  return (
    <IntlProvider locale={props.locale} messages={props.messages} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
      {props.children}
    </IntlProvider>
  )
}
