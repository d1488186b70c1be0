'use client'

import { Download, Printer } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'

/** Prints the report, or saves it as one HTML file that needs nothing else: its text, its charts, the styles they use. */
export function SaveReport({ of, fileName }: { of: string; fileName: string }) {
  const t = useTranslations('compare')
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

function standalone(report: HTMLElement, title: string): string {
  const page = document.implementation.createHTMLDocument(title)
  page.documentElement.lang = document.documentElement.lang
  const encoding = page.createElement('meta')
  encoding.setAttribute('charset', 'utf-8')
  const style = page.createElement('style')
  style.textContent = usedStyles()
  page.head.prepend(encoding)
  page.head.append(style)
  const copy = page.importNode(report, true)
  // The studio's addresses lead nowhere for whoever opens the file.
  for (const link of copy.querySelectorAll('a')) link.removeAttribute('href')
  page.body.append(copy)
  page.body.style.padding = '32px'
  return `<!doctype html>\n${page.documentElement.outerHTML}`
}

/** All rules of the page but its fonts, whose files would not be there. */
function usedStyles(): string {
  return [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => !(rule instanceof CSSFontFaceRule)).map((rule) => rule.cssText).join('\n')
}
