import { expect, it } from 'vitest'
import { SetupFailure, languageOf } from '@/bin/failure.mjs'
import { sentences } from '@/bin/sentences/sentences.mjs'

it('says everything in both languages, with the same places to fill', () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  for (const [code, { en, zh }] of Object.entries(sentences)) expect([code, places(zh)]).toEqual([code, places(en)])
})

it('speaks the language of the terminal', () => {
  const failure = new SetupFailure('port.taken', { port: 3000 })
  expect(failure.message).toContain('Port 3000 is taken')
  expect(failure.sentence(languageOf({ LC_ALL: 'zh_TW.UTF-8', LANG: 'en_US.UTF-8' }))).toContain('端口 3000 已被')
  expect(languageOf({ MOLIAN_LANG: 'en', LANG: 'zh_CN.UTF-8' })).toBe('en')
  expect(languageOf({})).toBe('en')
})
