'use client'

import { ThemeProvider as NextThemes } from 'next-themes'
import { type ReactNode, useEffect } from 'react'

declare global {
  interface Window {
    /** Where Radix's scroll lock looks for the nonce of the style element it adds. */
    __webpack_nonce__?: string
  }
}

export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  useEffect(() => {
    window.__webpack_nonce__ = nonce
  }, [nonce])
  return (
    <NextThemes attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </NextThemes>
  )
}
