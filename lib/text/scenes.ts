import { numeralValue } from '@/lib/text/chinese-numerals'
import { isBlank } from '@/lib/text/marks'

/** What tells that a new scene begins: a wider gap, a line of signs, a bare number, or a word of time or place. */
export type SceneSign = 'gap' | 'separator' | 'number' | 'word'

export interface SceneBreak {
  /** Where the new scene's first line begins, in UTF-16 units: a separator belongs to the scene before it. */
  unit: number
  /** Where the separator begins, if there is one; else the same. A cut here ends the scene too. */
  separatorUnit: number
  sign: SceneSign
}

const LONGEST_SEPARATOR = 60
/** Gaps wider than the usual one part scenes; where more than this share are wide, they are a way of setting text. */
const WIDE_AT_MOST = 1 / 3

const separator = /^[＊*※◇◆○●◎□■△▲▽▼☆★✦✧❖◈♦♢#＃=＝~～_＿＋+×xX・·•—–─━―-]+$/
// One dash is a bullet and one x a letter, but one star is a separator.
const enough = /[＊*※◇◆○●◎□■△▲▽▼☆★✦✧❖◈♦♢]|../u
const bareNumber = /^[（(【[]?第?([〇零一二三四五六七八九十百]{1,4}|\d{1,3})[)）】\]]?[、.．。]?$/
/** The first number of a chapter is at most this; another follows the one before it. */
const FIRST_NUMBER = 3

const count = '[〇零一二两三四五六七八九十百千几数多半\\d]{1,5}'
const span = '(?:个|多|余|来)?(?:多|余)?(?:天|日|夜|晚|周|星期|礼拜|月|年|载|小时|钟头|时辰|世纪)'
const after = '(?:以后|之后|过后|后)'
const ofDay = '(?:一早|清早|清晨|早上|早晨|上午|中午|正午|下午|午后|傍晚|黄昏|晚上|夜里|半夜)'
// A word that also begins plain sentences counts where it stands off from what follows it.
const stop = '(?=[，,。、：:；;\\s]|$)'
const word = new RegExp(
  `^(?:${[
    '(?:话说|且说|却说|再说|单说|单表|话分两头|闲话休提|闲言少叙|按下不表|花开两朵)',
    `(?:第[一二三四五六七八九十百\\d]{1,3}|次|翌|隔|转|同|是|越|某|有一|当(?!年))(?:天|日|晚|夜|早|晨|年)`,
    `(?:这|那|就在这|就在那|这一|那一|一)(?:天|日|晚|夜|年)${ofDay}?${stop}`,
    `(?:明日|明晨|${ofDay}|拂晓|黎明|入夜|深夜|午夜|夜深了|天亮了|天黑了)${stop}`,
    `(?:又是|一连|大约)?${count}${span}${after}`,
    `(?:又?过了|隔了)${count}${span}`,
    `(?:不久|没多久|不多时|过了许久|许久以后|很久以后|多年以后|多年之后|多年后)${stop}`,
    `(?:春天|夏天|秋天|冬天|入秋|入冬|开春|立秋|除夕|元宵|清明|端午|中秋|重阳|腊月|正月)[^，,。]{0,6}${stop}`,
    `(?:与此同时|同一时[间刻]|另一边|另一头|另一处|那一边|在?[^，,。！？“”]{1,8}的另一[头边])${stop}`,
    '(?:内景|外景|地点|时间)[：:]',
  ].join('|')})`,
)

/**
 * The breaks between the scenes of a chapter, in order. None lies before its first prose. Deliberately few words:
 * a scene missed is a passage that runs on, a scene invented is one cut in the middle.
 */
export function sceneBreaks(text: string): SceneBreak[] {
  const lines = proseLines(text)
  const usual = usualGap(lines)
  const breaks: SceneBreak[] = []
  let separatorUnit: number | null = null
  let number: number | null = null
  let hasProse = false
  for (const line of lines) {
    if (isSeparator(text, line)) {
      separatorUnit ??= line.start
      continue
    }
    // Tables have bare numbers too, but in no such order.
    const next = numberOf(text, line)
    const isNumbered = next !== null && (number === null ? next <= FIRST_NUMBER : next === number + 1)
    if (isNumbered) number = next
    const sign = !hasProse ? null : separatorUnit !== null ? 'separator' : isNumbered ? 'number' : signOf(text, line, usual)
    if (sign !== null) breaks.push({ unit: line.start, separatorUnit: separatorUnit ?? line.start, sign })
    hasProse = true
    separatorUnit = null
  }
  return breaks
}

function signOf(text: string, line: Line, usual: number): SceneSign | null {
  if (line.gap > usual) return 'gap'
  // A slice, because a line may be a whole book.
  return word.test(text.slice(line.start, Math.min(line.end, line.start + 40))) ? 'word' : null
}

function numberOf(text: string, { start, end }: Line): number | null {
  if (end - start > 10) return null
  const numeral = bareNumber.exec(text.slice(start, end))?.[1]
  return numeral === undefined ? null : (numeralValue(numeral) ?? null)
}

function isSeparator(text: string, { start, end }: Line): boolean {
  if (end - start > LONGEST_SEPARATOR) return false
  const signs = text.slice(start, end).replace(/\s/g, '')
  return separator.test(signs) && enough.test(signs)
}

interface Line {
  /** Without blank space at either end, in UTF-16 units. */
  start: number
  end: number
  /** Line ends between it and the line before. */
  gap: number
}

function proseLines(text: string): Line[] {
  const lines: Line[] = []
  let gap = 0
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf('\n', from)
    const lineEnd = feed === -1 ? text.length : feed
    let start = from
    let end = lineEnd
    while (start < end && isBlank(text.charCodeAt(start))) start += 1
    while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1
    gap += 1
    if (end > start) {
      lines.push({ start, end, gap })
      gap = 0
    }
    from = lineEnd + 1
  }
  return lines
}

/** The widest gap that is still no sign of anything: one line end, or what so many paragraphs have between them. */
function usualGap(lines: readonly Line[]): number {
  const gaps = lines.slice(1).map((line) => line.gap).sort((a, b) => a - b)
  return Math.max(1, gaps[Math.ceil(gaps.length * (1 - WIDE_AT_MOST)) - 1] ?? 1)
}
