import { describe, expect, it } from 'vitest'
import { alikeTexts } from '@/lib/text/alike-texts'
import { quickDrawer } from '@/lib/draw'

function groups(texts: readonly string[], likeness?: number): number[] {
  const work = alikeTexts(texts, likeness)
  for (;;) {
    const step = work.next()
    if (step.done) return [...step.value]
  }
}

/** The Jaccard likeness of two texts' sets of bigrams, the plain way. */
function likeness(one: string, other: string): number {
  const bigrams = (text: string) => new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)))
  const [a, b] = [bigrams(one), bigrams(other)]
  const shared = [...a].filter((bigram) => b.has(bigram)).length
  return shared / (a.size + b.size - shared)
}

describe('alike texts', () => {
  it('are those that differ in punctuation, width or a character or two', () => {
    expect(groups(['雾中的渡口，老船夫等着天明。', '药铺的掌柜拨着算盘。', '雾中的渡口 老船夫等着天明', '雾中的渡口，老船夫等着天黑。', '药铺的掌柜拨着算盘！'])).toEqual([0, 1, 0, 0, 1])
  })

  it('are never so for a few shared words, nor when there is nothing in them', () => {
    expect(groups(['渡口的船夫等着天明', '渡口的女人望着江水', '', '。。。', '…'])).toEqual([-1, -1, -1, -1, -1])
    expect(groups(['雪夜', '雪夜！', '雪晨'])).toEqual([0, 0, -1])
  })

  it('are found as comparing every text with every first one finds them', () => {
    const draw = quickDrawer(5)
    const letters = '甲乙丙丁戊己庚辛'
    const texts = Array.from({ length: 400 }, () => Array.from({ length: 8 + Math.floor(draw() * 6) }, () => letters[Math.floor(draw() * letters.length)]).join(''))
    const expected: number[] = texts.map(() => -1)
    const firsts: number[] = []
    for (const [text, own] of texts.entries()) {
      const best = firsts.map((first) => ({ first, like: texts[first] === own ? 1 : likeness(own, texts[first] ?? '') })).filter(({ like }) => like >= 0.4).sort((a, b) => b.like - a.like || a.first - b.first)[0]
      if (!best) firsts.push(text)
      else expected[text] = expected[best.first] = best.first
    }
    expect(expected.filter((group) => group >= 0).length).toBeGreaterThan(20)
    expect(groups(texts, 0.4)).toEqual(expected)
  })
})
