import { describe, expect, it } from 'vitest'
import { unknownNames } from '@/lib/text/unknown-names'

describe('unknownNames', () => {
  it.each([
    ['李明在渡口等船', ['李明']],
    ['渡口边，欧阳锋独自等船', ['欧阳锋']],
    ['Anna waits by the river', []],
    ['掌柜与陈三争执', ['陈三']],
    ['小李在渡口等船', ['小李']],
    ['王掌柜拨着算盘', ['王掌柜']],
    ['林小姐收到一封信', ['林小姐']],
    ['安娜·卡列尼娜登上列车', ['安娜·卡列']],
    ['列车上的 Anna 醒来', ['Anna']],
    ['张开双臂的人，郑重地道别，徐徐走远', []],
    ['王爷与孙女苏醒在宋朝', []],
    ['一盏灯，一条船，众人都不说话', []],
    ['江边石头上坐着于是白天黄昏都不走的人', []],
    ['小王子与小孙子', []],
    ['', []],
  ])('%s has %j that a passage without them does not', (premise, names) => {
    expect(unknownNames(premise, '渡口的船都拴在柳树上，老艄公蹲在篷里。')).toEqual(names)
  })

  it('knows a name whose surname is there, simplified or traditional, or part of whose foreign name', () => {
    expect(unknownNames('陈三与老王上了船', '陳三笑了。王家的船来了。')).toEqual([])
    expect(unknownNames('安娜·卡列尼娜登上列车', '安娜上了车，卡列尼娜一家都在。')).toEqual([])
    expect(unknownNames('列车上的 Anna 醒来', 'anna 睡着了')).toEqual([])
  })
})
