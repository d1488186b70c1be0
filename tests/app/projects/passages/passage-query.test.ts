import { describe, expect, it } from 'vitest'
import { fieldsOf, queryOf, readSettings, typedOf } from '@/app/projects/[projectId]/passages/_passage-query'
import { presets } from '@/lib/settings/presets'
import type { PassageSetSettings } from '@/lib/stages/passages/passages'

const current: PassageSetSettings = { novels: presets.kuwen.novels, passages: presets.kuwen.passages }
const queryRecord = (query: string) => {
  const params = new URLSearchParams(query)
  return Object.fromEntries([...new Set(params.keys())].map((name) => {
    const all = params.getAll(name)
    return [name, all.length > 1 ? all : all[0]]
  }))
}
const typed = { registers: 'modern', strategy: 'length', target: '800', minimum: '400', maximum: '1000', chapterMaximum: '3000', limit: '', endings: '0', seed: '1' }

describe('the settings in the URL', () => {
  it.each<[string, PassageSetSettings]>([
    ['starter', { novels: presets.starter.novels, passages: presets.starter.passages }],
    ['kuwen', current],
    ['others', { novels: { registers: ['modern', 'classical'] }, passages: { ...current.passages, strategy: 'scene', limit: 7, endings: 0.295, seed: 0 } }],
  ])('come back as they went in: %s', (_, settings) => {
    expect(readSettings(queryRecord(queryOf(settings)))).toEqual({ settings, faults: [] })
    expect(typedOf(queryRecord(queryOf(settings)))).toEqual(fieldsOf(settings))
  })

  it('take an empty limit for all passages and an absent strategy for the length', () => {
    const { settings } = readSettings({ ...typed, strategy: undefined })
    expect(settings?.passages).toMatchObject({ limit: null, strategy: 'length' })
  })

  it.each([
    ['target', 'notWhole', { target: 'many' }, 0],
    ['target', 'notWhole', { target: '1e999' }, 0],
    ['minimum', 'notWhole', { minimum: '400.5' }, 0],
    ['minimum', 'missing', { minimum: ' ' }, 0],
    ['minimum', 'tooSmall', { minimum: '19' }, 20],
    ['maximum', 'tooLarge', { maximum: '20001' }, 20_000],
    ['minimum', 'minimumOverTarget', { minimum: '801' }, 0],
    ['maximum', 'targetOverMaximum', { maximum: '799' }, 0],
    ['chapterMaximum', 'chapterUnderMaximum', { strategy: 'chapter', chapterMaximum: '999' }, 0],
    ['limit', 'tooSmall', { limit: '0' }, 1],
    ['endings', 'tooLarge', { endings: '101' }, 100],
    ['endings', 'notWhole', { endings: 'half' }, 0],
    ['seed', 'tooSmall', { seed: '-1' }, 0],
    ['strategy', 'unknown', { strategy: 'mood' }, 0],
    ['registers', 'unknown', { registers: 'modernist' }, 0],
    ['registers', 'noRegister', { registers: [] }, 0],
  ])('say of %s: %s', (field, reason, change, limit) => {
    expect(readSettings({ ...typed, ...change })).toEqual({ settings: null, faults: [{ field, reason, limit }] })
  })

  it('say what is wrong with each field at once, and keep what was typed', () => {
    const given = { ...typed, target: 'x', limit: '-3', registers: ['modern', 'classical'] }
    expect(readSettings(given).faults.map(({ field }) => field)).toEqual(['target', 'limit'])
    expect(typedOf(given)).toMatchObject({ target: 'x', limit: '-3', registers: ['modern', 'classical'] })
  })
})
