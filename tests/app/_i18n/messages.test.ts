import { readdirSync } from 'node:fs'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { messagesOf } from '@/app/_i18n/messages'
import { locales, readLocale } from '@/app/_i18n/locale'

function leaves(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]]
  if (typeof node !== 'object' || node === null) throw new Error(`${path} is neither a text nor a group`)
  return Object.entries(node).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key))
}

/** The names that a text has a place for, branches of plurals and selections included. */
function places(text: string): string[] {
  const names = new Set<string>()
  const look = (parts: MessageFormatElement[]): void => {
    for (const part of parts) {
      if (part.type !== TYPE.literal && part.type !== TYPE.pound) names.add(part.value)
      if (part.type === TYPE.plural || part.type === TYPE.select) for (const branch of Object.values(part.options)) look(branch.value)
      if (part.type === TYPE.tag) look(part.children)
    }
  }
  look(parse(text))
  return [...names].sort()
}

describe('the words of the studio', () => {
  const zh = new Map(leaves(messagesOf('zh-CN')))
  const en = new Map(leaves(messagesOf('en')))

  it('are the same keys in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
  })

  it('leave no text empty', () => {
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('have the same places to fill in both languages', () => {
    for (const [key, text] of zh) expect(places(en.get(key) ?? ''), key).toEqual(places(text))
  })

  it('are all well formed', () => {
    for (const locale of locales) {
      const onError = (error: Error) => expect.unreachable(error.message)
      const t = createTranslator({ locale, messages: messagesOf(locale), onError, getMessageFallback: ({ key }) => key })
      for (const [key, text] of leaves(messagesOf(locale))) {
        const values = Object.fromEntries(places(text).map((name) => [name, 1]))
        const elements = Object.fromEntries([...text.matchAll(/<\/(\w+)>/g)].map(([, name = '']) => [name, (inner: string) => `[${inner}]`]))
        // Keys are found here, not written, so that their type is plain text.
        const say = t.markup as (key: string, values: Record<string, number | ((inner: string) => string)>) => string
        expect(say(key, { ...values, ...elements }), key).not.toContain('undefined')
      }
    }
  })

  it('come one file a page area, each of which is read', () => {
    for (const locale of locales) {
      const files = readdirSync(`messages/${locale}`).filter((name) => name.endsWith('.json'))
      expect(Object.keys(messagesOf(locale)).sort()).toEqual(files.map((name) => name.replace('.json', '')).sort())
    }
  })
})

describe('readLocale', () => {
  it('is Chinese unless a language we have is asked for', () => {
    expect([undefined, '', 'fr', 'en-US', 'zh-CN', 'en'].map(readLocale)).toEqual(['zh-CN', 'zh-CN', 'zh-CN', 'zh-CN', 'zh-CN', 'en'])
  })
})
