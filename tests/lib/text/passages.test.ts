import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitChapters } from '@/lib/text/chapters'
import { codePoints } from '@/lib/text/counts'
import { cutPassages, usualLengths, type Passage, type PassageLengths } from '@/lib/text/passages'
import { sentences } from '@/lib/text/sentences'

const usual = usualLengths
const blank = /^\s*$/

function textOf(text: string, passage: Passage): string {
  return text.slice(passage.startUnit, passage.endUnit)
}

/** What must hold of any text and any settings. */
function expectWhole(text: string, settings: PassageLengths): Passage[] {
  const passages = cutPassages(text, settings)
  const points = [...text]
  expect(passages.map((passage) => textOf(text, passage)).join('')).toBe(text)
  let at = 0
  for (const passage of passages) {
    expect(passage.start).toBe(at)
    at = passage.end
    const cut = textOf(text, passage)
    expect(cut).toBe(points.slice(passage.start, passage.end).join(''))
    expect(passage.characters).toBe(codePoints(cut.trimEnd()))
    const trailing = codePoints(cut) - passage.characters
    expect(trailing > settings.maximum / 4 ? passage.characters : codePoints(cut)).toBeLessThanOrEqual(settings.maximum)
    if (!blank.test(text)) expect(cut).not.toMatch(blank)
  }
  expect(at).toBe(points.length)
  return passages
}

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(...'天地玄黄宇宙洪荒日月盈昃'), minLength: 1, maxLength: 30 }) },
  { weight: 3, arbitrary: fc.constantFrom('。', '！', '？', '……', '！？', '。”', '？”', '。』」', '。）', '!', '?') },
  { weight: 2, arbitrary: fc.constantFrom('“', '”', '‘', '’', '「', '」', '『', '』', '"', '（', '）', '《', '》') },
  { weight: 2, arbitrary: fc.constantFrom('，', '；', '、', '——', '：') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\n\n', '\n\n\n', '　', ' ', '\t') },
  { weight: 1, arbitrary: fc.constantFrom('𠀀', '😀', '👨‍👩‍👧', 'e\u0301', 'word ', '\ud800') },
)
const anyText = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(''))
const anySettings = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 60 }))
  .map(([minimum, more, further]) => ({ minimum, target: minimum + more, maximum: minimum + more + further }))

describe('cutPassages on any text', () => {
  it('partitions it, within the maximum, never blank', () => {
    fc.assert(fc.property(anyText, anySettings, (text, settings) => void expectWhole(text, settings)), { numRuns: 2000, seed: 7 })
  })

  it('stays at or over the minimum wherever the length allows', () => {
    const prose = fc.array(fc.oneof(
      fc.string({ unit: fc.constantFrom(...'天地玄黄宇宙洪荒'), minLength: 1, maxLength: 80 }),
      fc.constantFrom('。', '！”', '“', '，', '。\n', '𠀀'),
    ), { maxLength: 60 }).map((parts) => parts.join('').trim())
    const settings = fc.tuple(fc.integer({ min: 20, max: 60 }), fc.integer({ min: 17, max: 60 }), fc.integer({ min: 0, max: 60 }))
      .map(([minimum, more, further]) => ({ minimum, target: minimum + more, maximum: minimum + more + further }))
    fc.assert(fc.property(prose, settings, (text, chosen) => {
      const passages = expectWhole(text, chosen)
      const length = codePoints(text)
      const pieces = Math.ceil(length / chosen.maximum)
      // A margin of one line end a passage, because the blank space after a passage is not its prose.
      if (length < (chosen.minimum + 1) * pieces) return
      for (const { characters } of passages) expect(characters).toBeGreaterThanOrEqual(chosen.minimum)
    }), { numRuns: 2000, seed: 11 })
  })

  it('cuts inside no quotation where the text can be cut without', () => {
    const said = fc.oneof(
      fc.integer({ min: 1, max: 30 }).map((length) => `${'话'.repeat(length)}。`),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }).map((lengths) => `“${lengths.map((length) => `${'言'.repeat(length)}！`).join('')}”`),
      fc.constantFrom('他说，', '\n'),
    )
    const text = fc.array(said, { minLength: 1, maxLength: 40 }).map((parts) => parts.join('').trim())
    const settings = { target: 60, minimum: 40, maximum: 80 }
    fc.assert(fc.property(text, (chapter) => {
      const quoted = cutPassages(chapter, settings).filter(({ endsAt }) => endsAt !== 'paragraph' && endsAt !== 'sentence')
      if (cuttableOutsideQuotations(chapter, settings)) expect(quoted).toEqual([])
    }), { numRuns: 2000, seed: 13 })
  })
})

/** Whether some way of cutting at sentences' ends outside quotations keeps every passage within the lengths. */
function cuttableOutsideQuotations(text: string, { minimum, maximum }: PassageLengths): boolean {
  let at = 0
  const places: { begin: number; proseEnd: number }[] = []
  for (const sentence of sentences(text)) {
    at += sentence.length
    const paragraph = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
    if (paragraph.split('“').length === paragraph.split('”').length) places.push({ begin: at, proseEnd: at - sentence.length + sentence.trimEnd().length })
  }
  const reached = new Set([0])
  for (const { begin, proseEnd } of places) {
    if ([...reached].some((from) => begin - from <= maximum && proseEnd - from >= minimum)) reached.add(begin)
  }
  return reached.has(text.length)
}

describe('cutPassages', () => {
  const sentence = (length: number, end = '。') => '字'.repeat(length - end.length) + end
  const lengths = (text: string, settings = usual) => cutPassages(text, settings).map(({ characters }) => characters)
  const endings = (text: string, settings = usual) => cutPassages(text, settings).map(({ endsAt }) => endsAt)

  it('gives nothing for nothing and a short chapter whole', () => {
    expect(cutPassages('', usual)).toEqual([])
    expect(lengths('短。')).toEqual([2])
    expect(lengths(sentence(1000))).toEqual([1000])
  })

  it('packs whole paragraphs toward the target', () => {
    const paragraphs = Array.from({ length: 16 }, () => sentence(199)).join('\n')
    expect(lengths(paragraphs)).toEqual([799, 799, 799, 799])
    expect(endings(paragraphs)).toEqual(['paragraph', 'paragraph', 'paragraph', 'paragraph'])
  })

  it('balances the tail', () => {
    expect(lengths(sentence(100).repeat(11))).toEqual(expect.arrayContaining([500, 600]))
    const tails = lengths(sentence(50).repeat(33))
    expect(Math.min(...tails)).toBeGreaterThanOrEqual(750)
  })

  it('keeps terminators and closers with their sentence', () => {
    const text = `${sentence(699)}他说：“${'话'.repeat(96)}！？”）${sentence(600)}`
    for (const cut of cutPassages(text, usual).map((passage) => textOf(text, passage))) expect(cut).not.toMatch(/^[”’」』）》】。！？…]/)
  })

  it('does not cut inside a quotation while the maximum allows it', () => {
    const text = `${sentence(500)}“${sentence(30).repeat(15)}”他说。${sentence(300).repeat(2)}`
    expect(endings(text)).not.toContain('quotation')
  })

  it('cuts inside a quotation, at a sentence, where it is longer than the maximum', () => {
    const text = `“${sentence(40).repeat(50)}”`
    expect(endings(text).slice(0, -1).every((end) => end === 'quotation')).toBe(true)
  })

  it('forgets an unclosed quotation at the paragraph’s end', () => {
    const text = `“${sentence(300)}\n${sentence(50).repeat(30)}`
    expect(endings(text)).not.toContain('quotation')
  })

  it('calls an end a paragraph’s where it is one, beside short lines too', () => {
    const text = Array.from({ length: 12 }, (_, index) => `“好。\n“${'短'.repeat(5)}\n${sentence(40 + index).repeat(17)}`).join('\n')
    const passages = expectWhole(text, usual)
    for (const { endUnit, endsAt } of passages.slice(0, -1)) {
      expect(endsAt).toBe(text[endUnit - 1] === '\n' ? 'paragraph' : 'sentence')
    }
  })

  it('reads straight quotes as pairs', () => {
    const said = `"${sentence(30).repeat(12)}"他说。`
    const text = sentence(500) + said + sentence(300).repeat(2)
    expect(endings(text)).not.toContain('quotation')
  })

  it('takes clauses, then any character, in a text without any terminator', () => {
    expect(new Set(endings(`${'字'.repeat(30)}，`.repeat(100)))).toEqual(new Set(['clause', 'paragraph']))
    expect(new Set(endings('字'.repeat(5000)))).toEqual(new Set(['character', 'paragraph']))
  })

  it('never parts a surrogate pair and counts it once', () => {
    const text = '𠀀'.repeat(2500)
    const passages = expectWhole(text, usual)
    for (const { characters } of passages) expect(characters).toBeLessThanOrEqual(1000)
  })

  it('leaves a long run of blank lines with the passage before it', () => {
    expectWhole(`${sentence(900)}${'\n'.repeat(3000)}${sentence(900)}`, usual)
  })

  it('ends where blank space alone brings a paragraph over the maximum', () => {
    expectWhole('\n\n\n盈洪洪黄月洪玄月\n\n玄””', { minimum: 1, target: 9, maximum: 12 })
    expectWhole(`${sentence(975)}${'\n'.repeat(30)}${sentence(600)}`, { minimum: 20, target: 800, maximum: 1000 })
  })

  it('is done in good time with a megabyte without any terminator', () => {
    const before = process.cpuUsage()
    expectWholeCheaply('字'.repeat(1_000_000))
    expectWholeCheaply(`“${'字'.repeat(19)}。`.repeat(50_000))
    // Time of the processor, not of the clock: other tests may run beside.
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(5)
  })

  it.each([usual, { target: 400, minimum: 200, maximum: 500 }])('holds on all of the sample novels with %o', (settings) => {
    let count = 0
    for (const line of readFileSync('public/samples/train.json', 'utf8').trim().split('\n')) {
      const { name, text } = JSON.parse(line) as { name: string; text: string }
      for (const chapter of splitChapters(text, name)) {
        const passages = expectWhole(chapter.text, settings)
        count += passages.length
        for (const { characters } of passages) expect(characters).toBeGreaterThanOrEqual(settings.minimum)
      }
    }
    expect(count).toBeGreaterThanOrEqual(settings.target === 400 ? 60 : 30)
  })
})

function expectWholeCheaply(text: string): void {
  const passages = cutPassages(text, usual)
  expect(passages.at(-1)?.endUnit).toBe(text.length)
}

describe('sentences', () => {
  const cases: [string, string, string[]][] = [
    ['terminators in a row', '啊！！真的？！是……好。', ['啊！！', '真的？！', '是……', '好。']],
    ['closers', '“去。”他说（真的。）《完。》【了。】', ['“去。”', '他说（真的。）', '《完。》', '【了。】']],
    ['nested quotes', '“他说‘走。’了。”好。', ['“他说‘走。’', '了。”', '好。']],
    ['straight quotes', '"去。"他说。"来。"', ['"去。"', '他说。', '"来。"']],
    ['line ends', '一\n二。\n\n三', ['一\n', '二。\n\n', '三']],
    ['blank space after a sentence', '一。 　二。', ['一。 　', '二。']],
  ]
  it.each(cases)('%s', (_, text, expected) => {
    expect(sentences(text)).toEqual(expected)
  })

  it('joined give the text', () => {
    fc.assert(fc.property(anyText, (text) => {
      expect(sentences(text).join('')).toBe(text)
    }), { numRuns: 500, seed: 3 })
  })
})
