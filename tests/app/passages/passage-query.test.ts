import { describe, expect, it } from 'vitest'
import { queryOf, settingsOf } from '@/app/projects/[projectId]/passages/_passage-query'
import { presets } from '@/lib/settings/presets'

const current = { novels: presets.kuwen.novels, passages: presets.kuwen.passages }
const queryRecord = (query: string) => {
  const params = new URLSearchParams(query)
  return Object.fromEntries([...new Set(params.keys())].map((name) => {
    const all = params.getAll(name)
    return [name, all.length > 1 ? all : all[0]]
  }))
}

describe('the settings in the URL', () => {
  it('are the current ones where the URL has none', () => {
    expect(settingsOf({}, current)).toEqual({ settings: current, fields: current, wrong: [] })
  })

  it('come back from the URL as they went in', () => {
    for (const preset of [presets.starter, presets.kuwen]) {
      const settings = { novels: preset.novels, passages: preset.passages }
      expect(settingsOf(queryRecord(queryOf(settings)), current).settings).toEqual(settings)
    }
    const two = { novels: { registers: ['modern' as const, 'classical' as const] }, passages: { ...current.passages, limit: 7 } }
    expect(settingsOf(queryRecord(queryOf(two)), current).settings).toEqual(two)
  })

  it('say which field is wrong and keep what was typed', () => {
    const answer = settingsOf({ registers: 'modern', target: '50', minimum: '400', maximum: '1000', seed: '1' }, current)
    expect(answer.settings).toBeNull()
    expect(answer.wrong).toContain('target')
    expect(answer.fields.passages.target).toBe(50)
  })

  it.each([
    ['target', { target: 'many' }],
    ['registers', { registers: 'modernist' }],
    ['minimum', { minimum: '1.5' }],
  ])('refuse a wrong %s', (field, change) => {
    const answer = settingsOf({ registers: 'modern', target: '800', minimum: '400', maximum: '1000', seed: '1', ...change }, current)
    expect(answer.settings).toBeNull()
    expect(answer.wrong).toContain(field)
  })

  it('take an empty limit for all passages', () => {
    const answer = settingsOf({ registers: 'modern', target: '800', minimum: '400', maximum: '1000', limit: '', seed: '1' }, current)
    expect(answer.settings?.passages.limit).toBeNull()
  })
})
