'use client'

import { Download, Printer } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'

/**
 * Prints the report on light paper whatever the theme, or saves it as one HTML file that needs nothing else: its text, its charts, the
 * styles they use; light or dark as the reader's system is.
 */
export function SaveReport({ of, fileName }: { of: string; fileName: string }) {
  const t = useTranslations('compare')
  useEffect(lightWhilePrinting, [])
  const save = () => {
    const report = document.getElementById(of)
    if (!report) return
    const address = URL.createObjectURL(new Blob([standalone(report, document.title)], { type: 'text/html' }))
    const link = document.createElement('a')
    link.href = address
    link.download = fileName
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <>
      <Button onClick={save}><Download size={16} aria-hidden />{t('saveReport')}</Button>
      <Button onClick={() => window.print()}><Printer size={16} aria-hidden />{t('print')}</Button>
    </>
  )
}

/** Ink on paper is dark on light: a dark theme would print its light letters. */
function lightWhilePrinting(): () => void {
  const page = document.documentElement
  let theme: string | null = null
  const before = () => {
    theme = page.getAttribute('data-theme')
    page.setAttribute('data-theme', 'light')
  }
  const after = () => {
    if (theme !== null) page.setAttribute('data-theme', theme)
  }
  window.addEventListener('beforeprint', before)
  window.addEventListener('afterprint', after)
  return () => {
    window.removeEventListener('beforeprint', before)
    window.removeEventListener('afterprint', after)
  }
}

function standalone(report: HTMLElement, title: string): string {
  const page = document.implementation.createHTMLDocument(title)
  page.documentElement.lang = document.documentElement.lang
  const encoding = page.createElement('meta')
  encoding.setAttribute('charset', 'utf-8')
  const style = page.createElement('style')
  style.textContent = `${usedStyles()}\n${darkStyles()}`
  const width = page.createElement('meta')
  width.setAttribute('name', 'viewport')
  width.setAttribute('content', 'width=device-width, initial-scale=1')
  page.head.prepend(encoding, width)
  page.head.append(style)
  const copy = page.importNode(report, true)
  // The studio's addresses lead nowhere for whoever opens the file.
  for (const link of copy.querySelectorAll('a')) link.removeAttribute('href')
  page.body.append(copy)
  page.body.style.padding = '32px'
  return `<!doctype html>\n${page.documentElement.outerHTML}`
}

/** The dark theme's colours, for a reader whose system is dark; never on paper. */
function darkStyles(): string {
  const dark = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSStyleRule && /^\[data-theme=["']?dark["']?\]$/.test(rule.selectorText))
  const colours = dark.map((rule) => (rule instanceof CSSStyleRule ? rule.style.cssText : '')).join(' ')
  return `@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; ${colours} } }`
}

/** All rules of the page but its fonts, whose files would not be there. */
function usedStyles(): string {
  return [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => !(rule instanceof CSSFontFaceRule)).map((rule) => rule.cssText).join('\n')
}
