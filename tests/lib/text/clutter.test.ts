import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleaned, clutterCounts, clutterIn } from '@/lib/text/clutter'

const found = (text: string) => clutterIn(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])
const clean = (text: string) => cleaned(text, clutterIn(text))
const story = '他推开门，走进了屋里。屋里没有人，只有一盏灯还亮着。'

describe('what sites and authors put in', () => {
  it.each([
    ['url', '请看www.example.com/a?b=1。', 'www.example.com/a?b=1'],
    ['url', 'https://example.org/x，下一句。', 'https://example.org/x'],
    ['url', 'ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ', 'ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ'],
    ['advert', `${story}更多精彩小说请访问某某书屋。`, '更多精彩小说请访问某某书屋'],
    ['advert', '手机用户请浏览m站阅读，更优质的体验', '手机用户请浏览m站阅读，更优质的体验'],
    ['advert', '天才一秒记住本站地址', '天才一秒记住本站地址'],
    ['advert', '本书由某某论坛整理制作', '本书由某某论坛整理制作'],
    ['advert', `${story}（笔趣阁最快更新）`, '（笔趣阁最快更新）'],
    ['advert', '扫校：某某', '扫校：某某'],
    ['plea', `${story}【求月票！求推荐票！】`, '【求月票！求推荐票！】'],
    ['plea', '求收藏，求推荐，求订阅！', '求收藏，求推荐，求订阅！'],
    ['plea', '感谢书友某某的打赏，感谢大家的月票！', '感谢书友某某的打赏，感谢大家的月票！'],
    ['notice', `${story}（未完待续）`, '（未完待续）'],
    ['notice', '本章完', '本章完'],
    ['notice', '第二更送上！', '第二更送上！'],
    ['notice', 'PS：今天还有一更，求收藏。', 'PS：今天还有一更，求收藏。'],
    ['contact', '欢迎加入QQ群：123456789', '欢迎加入QQ群：123456789'],
    ['contact', `${story}关注公众号“某某文学”。`, '关注公众号“某某文学”'],
  ])('marks %s', (kind, text, words) => expect(found(text)).toContainEqual([kind, words]))

  it.each([
    '他买了一张月票，每天坐公交车上班。',
    '她请求支持，大家要求收藏这幅画。',
    '三更时分，外面打起了更。第三更天，他醒了。',
    '老人收藏了许多旧书，也订阅着几份报纸。',
    '本书由人民文学出版社出版，是他整理的。',
    '他加了她的微信，又留下QQ号12345678。',
    '“求你了，求求你！”他苦苦哀求。',
    '他打开电脑，下载了一部电影。',
    '整理：他把书一本本放回架上，又整理了一遍桌子，才坐下来。',
    '这一卷写完了，他待续着茶。',
    '编号A1的房间在3.5公里外，价格12,000元。',
  ])('leaves a story alone: %s', (text) => expect(found(text)).toEqual([]))
})

describe('what scans leave behind', () => {
  it.each([
    ['lost_character', '他的\ufffd\ufffd名字', '\ufffd\ufffd'],
    ['lost_character', '治五气，\ue0f4五种', '\ue0f4'],
    ['lost_character', '长史持Я醪遗广。', 'Я'],
    ['lost_character', '他走了，门上的朱红?子开着，亮着灯，屋里，院里，都没有人。', '?'],
    ['control', '他\u200b走了。', '\u200b'],
    ['markup', '狗&middot;猫', '&middot;'],
    ['markup', '他走了。<br/>她也走了。', '<br/>'],
    ['page_number', '他走了。\n- 12 -\n她来了。', '- 12 -'],
    ['page_number', '他沿着那条长长的街慢慢地\n37\n走了很久很久。', '37'],
    ['mixed_width', '他说,你来了，我很高兴，真的，好，是，对。', ','],
    ['mixed_width', '他说﹕好。', '﹕'],
    ['mixed_width', '在Bｅrｌin住下', 'Bｅrｌin'],
    ['mixed_width', '我在年青时候也曾经做过许多梦，后来大半忘却 了，但自己也并不以为可惜。', ' '],
    ['broken_line', '他推开门走进了屋里屋里没有人\n，只有一盏灯还亮着。', '\n'],
  ])('marks %s', (kind, text, words) => expect(found(text)).toContainEqual([kind, words]))

  it('joins the lines of a text set to a fixed width, and leaves verse', () => {
    const set = Array.from({ length: 8 }, () => '他推开门走进了屋里屋里没有人只有一盏灯还亮着在那').join('\n')
    expect(clutterCounts(set)).toEqual({ broken_line: 7 })
    expect(clean(set)).not.toContain('\n')
    expect(found('床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡')).toEqual([])
  })

  it.each(['第一节\n1\n他走了。\n2\n她来了。', '他问?她答,好.又问?', '他看着表：12:30，比分是3:2。', '□□先生来了。', '——他说——', '他走了…\n\n1990年\n\n她来了。'])('leaves %j alone', (text) => expect(found(text)).toEqual([]))
})

describe('cleaned', () => {
  it('takes out what is marked, a line of nothing else with it, and puts right what can be', () => {
    expect(clean(`${story}\n求月票！\n${story}（未完待续）\n天才一秒记住本站`)).toBe(`${story}\n${story}`)
    expect(clean('狗&middot;猫，他说,好，是的，对，对，对，对。')).toBe('狗·猫，他说，好，是的，对，对，对，对。')
    expect(clean('他的\ufffd\ufffd名字')).toBe('他的名字')
  })

  it('changes nothing without places, and finds nothing left of what it took', () => {
    const text = `${story}\n${story}`
    expect(cleaned(text, [])).toBe(text)
    const cluttered = `${story}www.example.com\n求收藏求推荐！\n${story}<p>\u200b`
    expect(clutterCounts(clean(cluttered))).toEqual({})
  })

  it('marks in order, without overlaps, within any text', () => {
    const piece = fc.constantFrom('他走了', '，', '。', '\n', ' ', '求月票', '！', '（', '）', 'www.a.com', '未完待续', '\ufffd', '?', '12', 'Ａ', 'b', '&nbsp;', '更多小说请访问', '\u200b', '“')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        let reached = 0
        for (const { start, end } of clutterIn(text)) {
          expect(start).toBeGreaterThanOrEqual(reached)
          expect(end).toBeGreaterThan(start)
          reached = end
        }
        expect(reached).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
