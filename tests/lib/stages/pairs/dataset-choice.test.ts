import { describe, expect, it } from 'vitest'
import { presets } from '@/lib/settings/presets'
import { type Candidate, chooseDataset } from '@/lib/stages/pairs/dataset-choice'

const settings = { ...presets.starter.pairs, validationShare: 0, splitBy: 'novel' as const, seed: 7 }

function candidate(id: number, changes: Partial<Candidate> = {}): Candidate {
  return { source: 0, id, verdict: 'undecided', outcome: 'good', isEdited: false, isLeak: false, premiseGroup: null, passageGroup: null, novelKey: 'a', novel: '甲', chapterKey: '1', register: 'modern', role: 'drawn', characters: 100, isEnding: false, isLeftOut: false, ...changes }
}

const ids = (choice: ReturnType<typeof chooseDataset>) => choice.pairs.map(({ id }) => id)

describe('what a dataset takes', () => {
  it('leaves out what failed, was rejected, gives a test premise away or repeats, and says how many for which reason', () => {
    const pairs = [
      candidate(1, { outcome: 'refused' }),
      candidate(2, { outcome: 'refused', isEdited: true }),
      candidate(3, { verdict: 'rejected' }),
      candidate(4, { isLeak: true }),
      candidate(5, { premiseGroup: 'p' }),
      candidate(6, { premiseGroup: 'p', verdict: 'kept' }),
      candidate(7, { passageGroup: 'q', isEnding: true }),
      candidate(8, { passageGroup: 'q', premiseGroup: 'r' }),
      candidate(9, { premiseGroup: 'r' }),
    ]
    const choice = chooseDataset(pairs, settings)
    // Of a group the kept one stays; one that repeats another is not what a third repeats.
    expect(ids(choice)).toEqual([2, 6, 7, 9])
    expect(choice.leftOut).toEqual({ refused: 1, rejected: 1, undecided: 0, leak: 1, duplicate: 2, register: 0, novel: 0 })
    expect([choice.before.pairs, choice.after.pairs, choice.after.endings, choice.after.characters]).toEqual([7, 4, 1, 400])
    expect(ids(chooseDataset(pairs, { ...settings, duplicates: 'keep', leaks: 'keep' }))).toEqual([2, 4, 5, 6, 7, 8, 9])
    expect(ids(chooseDataset(pairs, { ...settings, undecided: 'leave_out' }))).toEqual([6])
  })

  it('leaves out what a person left out as a duplicate passage, whatever the settings, unless the pair is kept', () => {
    const pairs = [
      candidate(1, { passageGroup: 'p', isLeftOut: true }),
      candidate(2, { passageGroup: 'p' }),
      candidate(3, { passageGroup: 'p', isLeftOut: true, verdict: 'kept' }),
      candidate(4, { isLeftOut: true }),
    ]
    for (const duplicates of ['one', 'keep'] as const) {
      const choice = chooseDataset(pairs, { ...settings, duplicates })
      expect(ids(choice)).toEqual([2, 3])
      expect([choice.leftOut.duplicate, choice.before.pairs]).toEqual([2, 2])
    }
  })

  it('takes so much of a register and so many of a novel, drawn by the seed', () => {
    const pairs = Array.from({ length: 60 }, (_, at) => candidate(at, { register: at < 20 ? 'classical' : 'modern', novelKey: at < 40 ? 'a' : 'b', novel: at < 40 ? '甲' : '乙' }))
    const choice = chooseDataset(pairs, { ...settings, classicalShare: 0.25, novelCap: 15 })
    expect(choice.after.novels).toEqual([{ novel: '甲', pairs: 15 }, { novel: '乙', pairs: 15 }])
    expect(choice.leftOut).toMatchObject({ register: 15, novel: 15 })
    expect(choice.after.registers.classical).toBeLessThanOrEqual(5)
    expect(ids(chooseDataset(pairs, { ...settings, classicalShare: 0.25, novelCap: 15 }))).toEqual(ids(choice))
    expect(ids(chooseDataset(pairs, { ...settings, classicalShare: 0.25, novelCap: 15, seed: 8 }))).not.toEqual(ids(choice))
    expect(chooseDataset(pairs, { ...settings, classicalShare: 0 }).after.registers).toEqual({ modern: 40, early_vernacular: 0, classical: 0 })
  })

  it('keeps whole novels or chapters on one side, a person’s word first', () => {
    const pairs = Array.from({ length: 40 }, (_, at) => candidate(at, { novelKey: `n${Math.floor(at / 10)}`, chapterKey: `c${Math.floor(at / 5)}`, role: at < 5 ? 'validation' : at < 10 ? 'training' : 'drawn' }))
    for (const splitBy of ['novel', 'chapter'] as const) {
      const { pairs: chosen } = chooseDataset(pairs, { ...settings, splitBy, validationShare: 0.34 })
      const split = new Map(chosen.map((pair) => [pair.id, pair.split]))
      expect(pairs.slice(0, 10).map(({ id }) => split.get(id))).toEqual([...Array(5).fill('validation'), ...Array(5).fill('training')])
      const key = (pair: Candidate) => (splitBy === 'novel' ? pair.novelKey : pair.chapterKey)
      const drawn = pairs.slice(10)
      for (const group of new Set(drawn.map(key))) expect(new Set(drawn.filter((pair) => key(pair) === group).map(({ id }) => split.get(id))).size).toBe(1)
      expect(drawn.filter(({ id }) => split.get(id) === 'validation')).toHaveLength(10)
    }
  })
})
