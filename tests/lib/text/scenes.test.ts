import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { splitChapters } from '@/lib/text/chapters'
import { sceneBreaks } from '@/lib/text/scenes'

/** The first characters of each scene, and why it begins. */
function scenes(text: string): [string, string][] {
  return sceneBreaks(text).map(({ unit, sign }) => [text.slice(unit, unit + 4), sign])
}

const prose = '他把门关上了，坐在窗边。'

describe('sceneBreaks', () => {
  it.each(['＊＊＊', '* * *', '※', '——', '———', '◇◆◇', '＃＃', '=======', '· · ·', '☆☆☆☆☆'])('parts scenes at a line of %s, which ends the one before', (line) => {
    const text = `${prose}\n${line}\n雪停了。`
    expect(sceneBreaks(text)).toEqual([{ unit: text.indexOf('雪'), separatorUnit: text.indexOf(line), sign: 'separator' }])
  })

  it.each(['……', '—', 'x', '。。。', '＊＊他来了＊＊', '-', '1 + 1'])('takes a line of %s for prose', (line) => {
    expect(scenes(`${prose}\n${line}\n雪停了。`)).toEqual([])
  })

  it('sees a gap that is wider than the chapter’s own', () => {
    expect(scenes(`${prose}\n${prose}\n${prose}\n\n雪停了。\n${prose}`)).toEqual([['雪停了。', 'gap']])
    expect(scenes([prose, prose, prose, prose].join('\n\n'))).toEqual([])
    expect(scenes(`${[prose, prose, prose, prose].join('\n\n')}\n\n\n雪停了。`)).toEqual([['雪停了。', 'gap']])
  })

  it('sees a bare number', () => {
    expect(scenes(`一\n${prose}\n二\n${prose}\n（三）\n${prose}\n4.\n${prose}`)).toEqual([['二\n他把', 'number'], ['（三）\n', 'number'], ['4.\n他', 'number']])
  })

  it('takes numbers in no order for a table', () => {
    expect(scenes(`${prose}\n十二\n${prose}\n十二\n${prose}\n三十\n${prose}`)).toEqual([])
    expect(scenes(`${prose}\n2\n${prose}\n2\n${prose}\n3\n${prose}`)).toEqual([['2\n他把', 'number'], ['3\n他把', 'number']])
  })

  it.each([
    '第二天，他起得很早。', '次日清晨，雪停了。', '翌日他便走了。', '隔天下午，信到了。', '当晚，城里起了火。', '有一天，来了个和尚。', '一日，宝玉在园中闲步。',
    '三天后，他回来了。', '又过了半个月，桥修好了。', '过了几天，她来信了。', '十年以后，我再见到他。', '两个月之后，仗打完了。', '这天晚上，月亮很好。', '傍晚，船靠了岸。',
    '话说林冲到了草料场。', '且说宝玉回房。', '却说曹操大怒。', '话分两头。', '与此同时，城外来了一队人马。', '春天来了，河开了。', '地点：北平',
  ])('begins a scene with “%s”', (line) => {
    expect(scenes(`${prose}\n${line}\n${prose}`)).toEqual([[line.slice(0, 4), 'word']])
  })

  it.each(['“第二天，他就走了。”', '一天到晚只是下雨。', '当年他也是个读书人。', '晚上的风很凉。', '这天气真冷。', '同学们都来了。', '他第二天就走了。', '三个人后面跟着一条狗。', '早上好像下过雨。', '当然，他没有来。', '第一次见面是在桥上。'])(
    'begins none with “%s”',
    (line) => {
      expect(scenes(`${prose}\n${line}\n${prose}`)).toEqual([])
    },
  )

  it('begins none at the chapter’s beginning, whatever stands there', () => {
    expect(scenes('')).toEqual([])
    expect(scenes('\n\n第二天，雪停了。')).toEqual([])
    expect(scenes(`＊＊＊\n${prose}`)).toEqual([])
    expect(scenes(`${prose}\n＊＊＊\n\n`)).toEqual([])
  })

  it('is done at once with lines made to slow it down', () => {
    const before = process.cpuUsage()
    sceneBreaks(`${`${'-'.repeat(59)}x\n`.repeat(20_000)}${'又过了一连'.repeat(100_000)}`)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(3)
  })

  it('finds the scenes of 药, which its author parted by numbers or rows, and hardly any in a dialogue', () => {
    const samples = readFileSync('public/samples/train.json', 'utf8').trim().split('\n')
    const found = samples.flatMap((line) => {
      const { name, text } = JSON.parse(line) as { name: string; text: string }
      return splitChapters(text, name).map((chapter) => ({ name: `${name} ${chapter.heading}`, scenes: sceneBreaks(chapter.text).length, characters: chapter.text.length }))
    })
    expect(found.every(({ scenes: count, characters }) => count < characters / 150)).toBe(true)
    expect(found.some(({ scenes: count }) => count > 0)).toBe(true)
  })
})
