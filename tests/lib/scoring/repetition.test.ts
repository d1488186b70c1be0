import { describe, expect, it } from 'vitest'
import { distinct } from '@/lib/scoring/distinct'
import { repeatedClause } from '@/lib/scoring/repeated-clause'
import { repetition } from '@/lib/scoring/repetition'
import { selfBleu } from '@/lib/scoring/self-bleu'

describe('rep-n', () => {
  it('is one less unique over total n-grams', () => {
    // 甲乙 乙甲 甲乙 乙甲: two of four are new.
    expect(repetition('甲乙甲 乙甲', 2)).toBe(0.5)
    expect(repetition('甲乙丙丁戊己', 2)).toBe(0)
    expect(repetition('甲', 2)).toBe(0)
  })
})

describe('distinct-n', () => {
  it('is unique over total at one length for all', () => {
    expect(distinct('甲乙甲乙甲乙丙丁', 2, 5)).toBe(2 / 4)
    expect(distinct('甲乙丙丁戊', 2, 5)).toBe(1)
  })

  it('says nothing of a text that is shorter', () => {
    expect(distinct('甲乙丙丁', 2, 5)).toBeNull()
  })
})

describe('the repeated clause', () => {
  it('is the longest that is there twice, with how often', () => {
    expect(repeatedClause('他没有说一句话，走了。风很大。他没有说一句话！他没有说一句话；大雪落在院子里了，大雪落在院子里了')).toEqual({ clause: '大雪落在院子里了', count: 2 })
  })

  it('is none where nothing but short ones come again', () => {
    expect(repeatedClause('走了，走了，走了。他没有回头看她。')).toBeNull()
  })
})

describe('self-BLEU', () => {
  it('is 1 for the same text again, 0 for texts that share nothing, null for one', () => {
    expect(selfBleu(['雪落在院子里了。', '雪落在院子里了。'])).toBeCloseTo(1, 10)
    expect(selfBleu(['雪落在院子里了。', '那年冬天很冷的！'])).toBe(0)
    expect(selfBleu(['雪落在院子里了。', ''])).toBeNull()
  })

  it('agrees with BLEU counted by hand', () => {
    // 甲乙丙丁戊 against 甲乙丙丁己: precisions 4/5, 3/4, 2/3, 1/2, both ways, and no brevity penalty.
    expect(selfBleu(['甲乙丙丁戊', '甲乙丙丁己'])).toBeCloseTo((4 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25, 10)
  })

  it('clips by the highest count among the others, and penalises the shorter', () => {
    // The first has 甲 four times, no other more than twice: 1-grams 2/4, 2-grams 甲甲 1/3; no 3-gram matches.
    expect(selfBleu(['甲甲甲甲', '甲甲乙丙', '丙乙甲丁'])).toBe(0)
    // 甲乙丙丁 of 甲乙丙丁戊己: every n-gram matches, exp(1 - 6/4); the other way 4/6, 3/5, 2/4, 1/3.
    expect(selfBleu(['甲乙丙丁', '甲乙丙丁戊己'])).toBeCloseTo((Math.exp(1 - 6 / 4) + (4 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** 0.25) / 2, 10)
  })
})
