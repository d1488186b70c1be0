'use client'

import { ThemeProvider as NextThemes } from 'next-themes'
import { type ReactNode, useEffect, useState } from 'react'

declare global {
  interface Window {
    /** Where Radix's scroll lock looks for the nonce of the style element it adds. */
    __webpack_nonce__?: string
  }
}

export function ThemeProvider({ nonce: given, children }: { nonce: string | undefined; children: ReactNode }) {
  // A redraw brings a new nonce, but the document's policy stays that of its first answer.
  const [nonce] = useState(given)
  useEffect(() => {
    window.__webpack_nonce__ = nonce
  }, [nonce])
  return (
    <NextThemes attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </NextThemes>
  )
}
