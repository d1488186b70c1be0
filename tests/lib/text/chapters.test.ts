import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayBeHeading } from '@/lib/text/bare-headings'
import { splitChapters, type Chapter } from '@/lib/text/chapters'
import { numeralValue } from '@/lib/text/chinese-numerals'
import { lineHeading } from '@/lib/text/headings'

const prose = '却说那日天色已晚，众人各自归家。'.repeat(20)
const headings = (chapters: readonly Chapter[]) => chapters.map(({ heading }) => heading)
const evidence = (chapters: readonly Chapter[]) => chapters.map((chapter) => chapter.evidence)

function expectNothingLost(novel: string, chapters: readonly Chapter[]): void {
  const kept = chapters.map(({ headingText, text }) => `${headingText}${text}`).join('')
  expect(kept.replace(/\s+/g, '')).toBe(novel.replace(/^\ufeff/, '').replace(/\s+/g, ''))
  for (const { text } of chapters) expect(text.trim()).not.toBe('')
}

describe('mayBeHeading', () => {
  it('takes headings, short titles and bare numbers, and no paragraph', () => {
    for (const line of ['第三章 归途', '　　第三章 归途', '尾声', '夜雨', '三']) expect([line, mayBeHeading(line)]).toEqual([line, true])
    const paragraph = '他站在门口看了很久，直到雨停了，街上的灯一盏一盏亮起来，才慢慢地往家里走去，心里还想着白天的事情。'
    for (const line of [paragraph, '他走了。', '“谁？”', '一九八四年春', '']) expect([line, mayBeHeading(line)]).toEqual([line, false])
  })
})

describe('lineHeading', () => {
  const yes = [
    '第一章', '第1章 风起', '第１２章　风起', '第十二回', '第一百二十回 宋公明神聚蓼儿洼 徽宗帝梦游梁山泊', '第三节 自习', '第二部分 归来',
    '第十叁回 太乙真人收石矶', '第二十卷', '第三集：归来', '第四话 谁是凶手？', '正文 第一回　宴桃园豪杰三结义', '上卷 第九十九回　九九数完魔灭尽',
    '第一卷 风起 第三章 云涌', '卷一', '卷一 东 周', '上篇·乃粒', '序章', '楔子', '引子', '引首', '尾声', '番外', '番外一 归来', '番外：归来', '后记', '自序',
    '《朝花夕拾》小引', '上卷 附录　陈光蕊赴任逢灾', '第五章 山雨欲来，风满楼', 'Chapter 12', 'Chapter IV: The Return', '第一百十八回记微嫌舅兄欺弱女　惊谜语妻妾谏痴人',
  ]
  it.each(yes)('takes %s', (line) => expect(lineHeading(line)).toBeDefined())

  const no = [
    '', '第三章节课', '第一章节课程安排', '第一节课', '第一回是民国元年我初到北京的时候', '第四回中既将薛家母子在荣府内寄居等事略已表明，此回则暂不能写矣',
    '第三章的内容很难', '第二天早上', '第一次', '第一百名', '他说第一章', '第一回 到此为止。', '第三章，他写道', '尾声渐渐远去', '番外的人', '序幕拉开了。',
    '卷起袖子', '卷一卷', '上部队', '后记得', `第一章 ${'长'.repeat(60)}`, '我冒了严寒，回到相隔二千余里，别了二十余年的故乡去。', 'Chapter and verse',
  ]
  it.each(no)('leaves %s', (line) => expect(lineHeading(line)).toBeUndefined())
})

describe('numeralValue', () => {
  it.each([
    ['1', 1], ['０１２', 12], ['十', 10], ['十二', 12], ['二十', 20], ['一百', 100], ['一百零八', 108], ['一百十八', 118], ['一二〇', 120],
    ['一○五', 105], ['廿三', 23], ['卅', 30], ['两千', 2000], ['一万二千', 12_000], ['十叁', 13], ['贰拾', 20],
  ])('%s is %i', (text, value) => expect(numeralValue(text)).toBe(value))
  it.each(['', 'x', '十x'])('%j is none', (text) => expect(numeralValue(text)).toBeUndefined())
})

describe('splitChapters', () => {
  it('cuts at numbered and named headings, the text before them being a chapter of its own', () => {
    const novel = `这是写在前面的话。\n\n第一章 风起\n\n　　${prose}\n　　${prose}\n\n第二章 云涌\n${prose}\n后记\n${prose}`
    const chapters = splitChapters(novel, '风云')
    expect(headings(chapters)).toEqual(['卷首', '第一章 风起', '第二章 云涌', '后记'])
    expect(evidence(chapters)).toEqual(['front', 'numbered', 'numbered', 'named'])
    expect(chapters[1]?.text).toBe(`${prose}\n${prose}`)
    expectNothingLost(novel, chapters)
  })

  it('puts a title page with the first heading', () => {
    const novel = `《风云》\n\n某某 著\n\n第一章\n${prose}\n第二章\n${prose}`
    const chapters = splitChapters(novel, '风云')
    expect(headings(chapters)).toEqual(['第一章', '第二章'])
    expect(chapters[0]?.headingText).toBe('《风云》\n某某 著\n第一章')
    expectNothingLost(novel, chapters)
  })

  it('joins a volume’s line with its first chapter’s, and a number with the title below it', () => {
    const novel = `第一卷 山\n\n第一章 风\n${prose}\n\n第二章\n\n云\n\n${prose}`
    const chapters = splitChapters(novel)
    expect(headings(chapters)).toEqual(['第一卷 山 第一章 风', '第二章 云'])
    expectNothingLost(novel, chapters)
  })

  it('passes over a table of contents, marked or not', () => {
    const entries = ['第一章 风起', '第二章 云涌', '第三章 雨落']
    const body = entries.map((entry) => `${entry}\n\n${prose}`).join('\n\n')
    for (const contents of [`目录\n${entries.join('\n')}\n\n`, `${entries.join('\n')}\n\n`]) {
      const chapters = splitChapters(contents + body)
      expect(headings(chapters)).toEqual(entries)
      expectNothingLost(contents + body, chapters)
    }
  })

  it('finds bare titles listed in the contents', () => {
    const novel = `目录：\n狗·猫·鼠\n五猖会\n无常\n\n狗&middot;猫&middot;鼠\n\n${prose}\n\n${prose}\n\n五猖会\n\n${prose}\n\n${prose}\n\n无常\n\n${prose}\n\n${prose}`
    const chapters = splitChapters(novel)
    expect(headings(chapters)).toEqual(['狗&middot;猫&middot;鼠', '五猖会', '无常'])
    expectNothingLost(novel, chapters)
  })

  it('finds bare titles set off by less indent, but no dates, numbers or notes', () => {
    const novel = `《呐喊》\n\n 药\n\n    一\n\n    ${prose}\n\n    一九一九年四月\n\n 故乡\n\n    ${prose}\n\n    ${prose}\n\n（表略）\n\n    ${prose}`
    const chapters = splitChapters(novel, '呐喊')
    expect(headings(chapters)).toEqual(['药', '故乡'])
    expect(evidence(chapters)).toEqual(['outdented', 'outdented'])
    expectNothingLost(novel, chapters)
  })

  it('finds bare titles that have the only blank lines around them and enough text below', () => {
    const novel = `祝福\n\n${prose}\n${prose}\n\n歌谣\n\n短短的。\n${prose}\n\n离婚\n\n${prose}\n${prose}`
    expect(headings(splitChapters(novel))).toEqual(['祝福', '歌谣', '离婚'])
    expect(headings(splitChapters(novel.replace(`短短的。\n${prose}`, '短短的。')))).toEqual(['祝福', '离婚'])
  })

  it('takes a repeated title once', () => {
    const novel = `《庄子·逍遥游》\n\n《庄子·逍遥游》\n\n${prose}\n\n${prose}\n\n《庄子·齐物论》\n\n《庄子·齐物论》\n\n${prose}\n\n${prose}`
    const chapters = splitChapters(novel)
    expect(headings(chapters)).toEqual(['《庄子·逍遥游》', '《庄子·齐物论》'])
    expect(evidence(chapters)).toEqual(['repeated', 'repeated'])
    expectNothingLost(novel, chapters)
  })

  it('takes short lines between spaced paragraphs for prose', () => {
    const novel = `${prose}\n\n好\n\n${prose}\n\n他走了\n\n${prose}`
    expect(headings(splitChapters(novel))).toEqual([''])
  })

  it('falls back on bare numbers in a row, then on the title', () => {
    expect(headings(splitChapters(`一\n\n　　${prose}\n\n二\n\n　　${prose}`))).toEqual(['一', '二'])
    expect(headings(splitChapters(`　　${prose}\n\n二\n\n　　${prose}\n\n五\n\n　　${prose}`))).toEqual([''])
    const titled = splitChapters(`《故乡》\n\n　　${prose}\n\n　　${prose}`, '故乡')
    expect(titled).toMatchObject([{ heading: '《故乡》', evidence: 'title' }])
  })

  it('takes a heading written without a space only where its number is next', () => {
    const novel = `第一章 风\n${prose}\n第二章云涌大地\n${prose}\n第九章海阔天空\n${prose}\n第三章 雨\n${prose}`
    expect(headings(splitChapters(novel))).toEqual(['第一章 风', '第二章云涌大地', '第三章 雨'])
  })

  it('keeps a heading that nothing follows with the text before it', () => {
    const novel = `第一章\n${prose}\n第二章\n`
    const chapters = splitChapters(novel)
    expect(headings(chapters)).toEqual(['第一章'])
    expect(chapters[0]?.text).toBe(`${prose}\n\n第二章`)
    expectNothingLost('第一章', splitChapters('第一章'))
    expect(splitChapters(' \n　\n')).toEqual([])
  })

  it('reads every kind of line end and the byte order mark', () => {
    const novel = `第一章\n${prose}\n第二章\n${prose}`
    const expected = splitChapters(novel)
    for (const end of ['\r\n', '\r', '\u2028']) expect(splitChapters(`\ufeff${novel.replaceAll('\n', end)}`)).toEqual(expected)
  })

  it('loses nothing of any text', () => {
    const line = fc.oneof(
      fc.constantFrom('第一章 风', '第二章', '第二章雨', '序', '后记', '一', '二', '三', '目录', '药', '　　', '', ' 故乡', '卷一', prose, `　　${prose}`, '——记', '1921年'),
      fc.string({ maxLength: 12 }),
    )
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('', '药', '风云'), (parts, title) => {
      const novel = parts.join('\n')
      expectNothingLost(novel, splitChapters(novel, title))
    }), { numRuns: 1500, seed: 17 })
  })

  it('finds the chapters of the sample novels', () => {
    const found = readFileSync('public/samples/train.json', 'utf8').trim().split('\n').map((json) => {
      const { name, text } = JSON.parse(json) as { name: string; text: string }
      const chapters = splitChapters(text, name)
      expectNothingLost(text, chapters)
      return [name, chapters.length]
    })
    expect(found).toEqual([['药', 4], ['故乡', 1], ['阿Ｑ正传', 9]])
  })
})
