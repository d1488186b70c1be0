import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { splitChapters } from '@/lib/text/chapters'
import { codePoints, hanCharacters } from '@/lib/text/counts'
import { novelOf } from '@/lib/text/novel-record'
import { registerOf } from '@/lib/text/register'
import { storedText } from '@/lib/text/stored-text'
import { premiseOf, testRowOf } from '@/lib/text/test-row'

describe('storedText', () => {
  it.each([
    ['line ends', 'a\r\nb\rc\u2028d\u2029e\u0085f', 'a\nb\nc\nd\ne\nf'],
    ['the mark', '\ufeffa', 'a'],
    ['indents', '　　一\n    二\n\t三\n\u00a0四', '一\n二\n三\n四'],
    ['blank lines stay', 'a\n\n 　\n\nb', 'a\n\n\n\nb'],
    ['inner and trailing space stays', '一　二 \n三', '一　二 \n三'],
  ])('%s', (_, raw, stored) => expect(storedText(raw)).toBe(stored))
})

describe('counts', () => {
  it('counts code points and Han characters', () => {
    expect(codePoints('a𠀀😀\ud800')).toBe(4)
    expect(codePoints('')).toBe(0)
    expect(hanCharacters('我a𠀀😀，〇ア㐀')).toBe(4)
  })
})

describe('novelOf', () => {
  it.each([
    [{ name: '药', text: '秋天' }], [{ title: '药', content: '秋天' }], [{ name: '药', content: '秋天', more: 1 }], [{ title: '药', text: '秋天' }],
    [{ name: null, title: '药', text: '', content: '秋天' }],
  ])('takes %j', (record) => expect(novelOf(record)).toEqual({ ok: true, novel: { title: '药', text: '秋天' } }))

  it.each<[Record<string, unknown>, string, string]>([
    [{}, 'record.missing-field', 'name” / “title'],
    [{ name: '药' }, 'record.missing-field', 'text” / “content'],
    [{ name: '药', text: '' }, 'record.empty-text', 'text'],
    [{ name: '药', content: ' \n' }, 'record.empty-text', 'content'],
    [{ name: '', text: 'a' }, 'record.empty-text', 'name'],
    [{ name: 5, text: 'a' }, 'record.not-string', 'name'],
    [{ name: '药', text: ['a'] }, 'record.not-string', 'text'],
    [{ title: null, text: 'a' }, 'record.not-string', 'title'],
  ])('refuses %j', (record, code, field) => expect(novelOf(record)).toMatchObject({ ok: false, code, params: { field } }))

  it.each(['../../x', 'CON', '长'.repeat(10_000), '\u202egnp.exe', '=cmd()', '<script>alert(1)</script>'])('takes the name %.20s for display as it is', (name) => {
    expect(novelOf({ name, text: 'a' })).toMatchObject({ ok: true, novel: { title: name } })
  })
})

describe('premiseOf', () => {
  it('is the input, or the instruction of a row whose input is blank', () => {
    expect(premiseOf({ instruction: '写', input: '一句。' })).toBe('一句。')
    expect(premiseOf({ instruction: '写', input: '' })).toBe('写')
    expect(premiseOf({ instruction: '写', input: ' \u3000\n' })).toBe('写')
    expect(premiseOf({ instruction: '写', input: ' 一句。' })).toBe(' 一句。')
  })
})

describe('testRowOf', () => {
  it('takes what a story is written for and does without an output', () => {
    expect(testRowOf({ instruction: '', input: '一句。', output: '', id: 7 })).toEqual({ ok: true, row: { instruction: '', input: '一句。' } })
    expect(testRowOf({ instruction: '写', input: '' })).toMatchObject({ ok: true })
  })

  it.each<[Record<string, unknown>, string, string]>([
    [{ input: 'a' }, 'record.missing-field', 'instruction'],
    [{ instruction: 'a' }, 'record.missing-field', 'input'],
    [{ instruction: '', input: 5 }, 'record.not-string', 'input'],
    [{ instruction: '', input: 'a', output: null }, 'record.not-string', 'output'],
    [{ instruction: '', input: ' ' }, 'record.empty-text', 'input'],
  ])('refuses %j', (record, code, field) => expect(testRowOf(record)).toMatchObject({ ok: false, code, params: { field } }))
})

describe('registerOf', () => {
  it.each([
    ['modern', '我在朦胧中，眼前展开一片海边碧绿的沙地来，上面深蓝的天空中挂着一轮金黄的圆月。我想：希望本是无所谓有，无所谓无的。这正如地上的路；其实地上本没有路，走的人多了，也便成了路。'],
    ['early_vernacular', '却说宝玉听了，忙笑道：“好姐姐，你怎么又说起这话来？”袭人道：“我也不过是这么说，那里就真恼了。”说着，众人都笑了。贾母见他来了，便问：“你往那里去了？这半日才来。”宝玉道：“在园子里和姊妹们作诗呢。”'],
    ['classical', '黄帝者，少典之子，姓公孙，名曰轩辕。生而神灵，弱而能言，幼而徇齐，长而敦敏，成而聪明。轩辕之时，神农氏世衰。诸侯相侵伐，暴虐百姓，而神农氏弗能征。'],
  ])('tells %s', (register, text) => expect(registerOf(text).register).toBe(register))

  it('measures what it says', () => {
    expect(registerOf('我的书，是他的了。')).toEqual({ register: 'modern', functionDensity: 4000 / 7, deShare: 0.5, classicalShare: 0, clauseLength: 3.5, hanCharacters: 7 })
    expect(registerOf('')).toMatchObject({ functionDensity: 0, clauseLength: 0, hanCharacters: 0 })
  })

  it('takes every chapter of the samples for modern', () => {
    for (const line of readFileSync('public/samples/train.json', 'utf8').trim().split('\n')) {
      const { name, text } = JSON.parse(line) as { name: string; text: string }
      for (const chapter of splitChapters(text, name)) expect(registerOf(chapter.text).register).toBe('modern')
    }
  })
})
