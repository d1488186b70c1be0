import { NUMERALS, numeralValue } from '@/lib/text/chinese-numerals'

/** What in a line shows that it is a heading; `bare` is decided by the lines around it, see bare-headings. */
export interface LineHeading {
  kind: 'numbered' | 'volume' | 'named'
  /** The counted word (章, 回 …) and the number, for numbered ones. */
  unit?: string
  number?: number
  /** Nothing but the number stands there, so that the line below may hold the title. */
  untitled: boolean
  /** The title follows without a space: only the right number in the row makes it a heading. */
  joined: boolean
}

const LONGEST_LINE = 60
const LONGEST_TITLE = 30
const numbered = new RegExp(`^(?:([^\\s，。：；“”]{1,12})\\s+){0,2}第\\s*([${NUMERALS}]+)\\s*(部分|[章节節卷集部篇回话話折])(.*)$`)
const volume = new RegExp(`^(?:卷\\s*[${NUMERALS}]+|[上中下][篇卷部编集])(?:[\\s·：:]+(\\S.{0,${LONGEST_TITLE}}))?$`)
const NAMES = '序章|序幕|楔子|引子|引首|引言|尾声|尾聲|番外篇?|后记|後記|前言|自序|代序|序言|序|跋|附录|附錄|终章|終章|结语|結語|小引|题记|題記|大结局'
const named = new RegExp(`^(?:《[^》]{1,20}》\\s*|[上中下]卷\\s+)?(?:${NAMES})\\s*[${NUMERALS}]*(?:[\\s：:·—]+(\\S.{0,${LONGEST_TITLE}}))?$`)
const latin = /^(?:chapter|part)\s+(?:\d+|[ivxlc]+)(?:[\s.:：—-]+(\S.{0,60}))?$/i

// 第三章节课, 第一回是…, 第五回中…: the word goes on as a sentence.
const GOES_ON = /^(?:节课|章节|节|课|的|是|了|中|里|上|下|前|后|时|说|讲|把|被|和|与|就|也|都|我|你|他|她|它|在|有|要|没|不|来|去)/
const STARTS_TITLE = /^[\s：:·—－\-、.．《（(【]/
const ENDS_AS_PROSE = /[。，；、：”」』,;]$/

/** The heading in a line without indent, by its own words alone; undefined for prose. */
export function lineHeading(line: string): LineHeading | undefined {
  if (line.length > LONGEST_LINE || line === '' || ENDS_AS_PROSE.test(line) || line.includes('。')) return undefined
  const match = numbered.exec(line)
  if (match) {
    const [, prefix, numeral = '', unit = '', rest = ''] = match
    const title = rest.trim()
    if (title.length > LONGEST_TITLE + 10) return undefined
    const common = { kind: 'numbered', unit, number: numeralValue(numeral), untitled: title === '' } as const
    if (rest === '' || STARTS_TITLE.test(rest)) return { ...common, joined: false }
    if (prefix !== undefined || /[，；：！？“”、…]/.test(rest)) return undefined
    if (GOES_ON.test(rest) && !/[\s\u3000]/.test(rest)) return undefined
    return { ...common, joined: true }
  }
  const volumeMatch = volume.exec(line)
  if (volumeMatch) return { kind: 'volume', untitled: false, joined: false }
  const namedMatch = named.exec(line)
  if (namedMatch) return { kind: 'named', untitled: false, joined: false }
  if (latin.test(line)) return { kind: 'numbered', untitled: false, joined: false }
  return undefined
}
