import type { Clutter, ClutterKind } from '@/lib/text/clutter'

/**
 * Words that sites, uploaders and authors of serials put between the story's own. Each rule needs words that stories do
 * not use so: a monthly ticket (月票) is also a bus pass, 收藏 a collection, 三更 midnight.
 */

const LATIN = '[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]'
const DOT = '[.．。·]'
const TOP = '(?:com|net|org|cn|cc|info|xyz|top|la|tw|me|vip|club|ｃｏｍ|ｎｅｔ|ｏｒｇ|ｃｎ|ｃｃ|ＣＯＭ|ＮＥＴ)'
const REST = "(?:\\/[\\w\\-./?=&%#~+]*)?"
const url = new RegExp(
  `https?:\\/\\/[\\w\\-./?=&%#~:@!$+,;]+|(?<!${LATIN}|@)(?:[wWｗＷ]{3}${DOT})(?:${LATIN}|-)+(?:${DOT}(?:${LATIN}|-)+)*${REST}|(?<!${LATIN}|@|[-.])(?:${LATIN}|-){2,}${DOT}(?:${LATIN}+[.．])?${TOP}(?!${LATIN})${REST}`,
  'g',
)

const SITE = '(?:网|論壇|论坛|书屋|书库|书院|贴吧|书吧|[Tt][Xx][Tt]|小说|阁|文学城|电子书|com|ｃｏｍ)'
const NAMED = '(?:笔趣[阁閣]|起点中文网|晋江文学城|纵横中文网|红袖添香|飘天文学|八一中文网?|顶点小说网?|UU看书网?|飞卢小说网?|17[kK]小说网|书包网|小说阅读网|潇湘书院|塔读文学)'
const WITHIN = '[^\\n。！？]'
// A sign that most chapters are without, and the rule that is tried where it is there.
const adverts = [
  rule(/访问|登[录陆]|关注|搜索|百度|尽在|就在|就上/, `(?:更多|最新|最快|全本|免费|精彩|好看)${WITHIN}{0,20}(?:小说|章节|更新|电子书|内容|[Tt][Xx][Tt])${WITHIN}{0,20}(?:请?(?:访问|登[录陆]|关注|搜索|百度)|尽在|就在|就上)${WITHIN}{0,30}`),
  rule(/(?:手机|电脑)用户/, `(?:手机|电脑)用户请?(?:浏览|访问|到|登[录陆])${WITHIN}{0,40}(?:阅读|www|wap|${SITE})${WITHIN}{0,20}`),
  rule(/域名|网址|地址|本站|首发/, `请(?:您|大家)?(?:牢记|记住|收藏)${WITHIN}{0,12}(?:域名|网址|地址|本站|首发)${WITHIN}{0,30}`),
  rule(/一秒/, `(?:天才)?一秒(?:钟)?记住${WITHIN}{0,40}`),
  rule(/[本此](?:书|文|作品|章节?|电子书)/, `(?:本书|本文|本作品|本章节?|此书|本电子书)${WITHIN}{0,6}(?:由|来自|转自|首发)(?!${WITHIN}{0,20}出版)${WITHIN}{0,24}${SITE}${WITHIN}{0,12}(?:整理|制作|提供|首发|发布|上传|收集|扫描|校对|录入|下载)?${WITHIN}{0,12}`),
  rule(new RegExp(NAMED), `${NAMED}${WITHIN}{0,15}(?:首发|最快|更新|手打|提供|网址|无弹窗|最新章节|手机版|整理|下载)${WITHIN}{0,20}`),
  rule(/无弹窗|无广告/, `${WITHIN}{0,12}(?:无弹窗|无广告)(?:广告)?(?:的?小说|阅读|更新|首发|小说网)${WITHIN}{0,20}`),
  rule(/百度/, `百度(?:搜索|一下)[“"「【《]?${WITHIN}{0,24}(?:最新章节|小说|无弹窗)${WITHIN}{0,12}`),
  rule(/仅供/, `(?:本书|本电子书|声明：?本书)${WITHIN}{0,16}仅供${WITHIN}{0,16}(?:试读|预览|学习)[^\\n]{0,60}`),
  rule(/下载/, `${WITHIN}{0,12}(?:[Tt][Xx][Tt]|电子书)(?:全集)?(?:免费)?下载${WITHIN}{0,16}`),
]
const credits = /^(?:扫校|手打|OCR|ＯＣＲ|录入|校对|制作|整理|[Tt][Xx][Tt]制作|电子书制作)(?:者|人)?\s*[:：]\s*\S[^\n。]{0,40}$/gm

const WANTED = '(?:月票|推荐票?|收藏|订阅|打赏|首订|全订|红票|鲜花|票票|点击|评价票|粉红票?|三江票)'
const pleas = [
  rule(
    new RegExp(`求(?:支持|${WANTED})`),
    `(?<![请要需追寻乞恳祈谋征力哀苦讲务])求(?:${WANTED}|支持)?(?:[、，, ]*求?${WANTED})+(?:[、，, ]*(?:求|各种)?(?:${WANTED}|支持|各种))*(?:啊|吧|了|哦|喔)?[！!~～。…]*`,
  ),
  rule(/月票|推荐票|红票|评价票/, `(?:投|砸|贡献|留下|双倍|保底)(?:一?[张个些]|几张|出|给我|点|您的|你的|宝贵的|手中的)*(?:的)?(?:月票|推荐票|红票|评价票)${WITHIN}{0,12}[！!~～。…]*`),
  rule(/[月红]票|推荐票/, `(?:月票|推荐票|红票)(?:榜|加更|双倍|番外|冲榜)${WITHIN}{0,16}[！!~～。…]*`),
  rule(/感谢/, `感谢${WITHIN}{1,60}(?:打赏|的?月票|起点币|盟主|飘红|评价票|更新票)${WITHIN}{0,20}[！!~～。…]*`),
  rule(/本书|好看/, `(?:喜欢|觉得)${WITHIN}{0,10}(?:本书|这本书|好看)${WITHIN}{0,12}(?:收藏|推荐|投票|订阅)${WITHIN}{0,12}[！!~～。…]*`),
]

const notices = [
  rule(/未完/, '[（(【[]?\\s*(?:未完待续|本章未完(?:[，, ]*请(?:翻页|点击下一页)(?:继续阅读)?)?)\\s*[。.…！!]*[）)】\\]]?'),
  rule(/待续|[章书文卷]完|剧终/, '[（(【[]\\s*(?:待续|本章完|全书完|全文完|本卷完|全剧终)\\s*[。.…]*[）)】\\]]'),
  rule(/待续|[章书文卷]完/, '^(?:待续|本章完|全书完|全文完|本卷完)[。.…！!]*$'),
  rule(/^.{0,4}第[一二三四五六七八九十两\d]+更/m, '^(?:今[天日晚]|凌晨|晚上)?的?第[一二三四五六七八九十两\\d]+更(?:奉上|送上|送到|到了?|来了?|完毕|啦)[！!。~～，、]*.{0,20}$'),
  rule(
    /^(?:P\.?S|ps|Ps|ＰＳ)/m,
    '^(?:PS|P\\.S\\.|ps|Ps|ＰＳ)\\s*\\d*\\s*[：:，,。.]?.*(?:更新|[一二三四五六七八九十\\d]更|本章|章节|本书|新书|读者|书友|推荐票|月票|订阅|收藏|打赏|感谢).*$',
  ),
  rule(/^(?:作者|题外话)/m, '^(?:作者的话|题外话|作者有话要?说|作者题外话)\\s*[：:].*$'),
  rule(/^(?:更新|发布)时间/m, '^(?:更新时间|发布时间)\\s*[：:]?\\s*[\\d-]{6,}.*$'),
  rule(/字数/, '^(?:本章)?字数\\s*[：:]\\s*\\d+.*$'),
]

const contacts = [
  rule(/群/, '(?:[QqＱ]\\s*[QqＱ]|扣扣|企鹅)\\s*(?:交流|读者|书友|书迷|普通|VIP|粉丝|全订)*群\\s*(?:号码?|[一二三四五\\d])?\\s*[：:是为]?\\s*\\d{5,12}'),
  rule(/群/, '(?:书友|读者|粉丝|交流|书迷|讨论|正版)(?:交流)?群\\s*号?\\s*[：:是为]?\\s*\\d{5,12}'),
  rule(/公众/, '(?:关注|搜索?|添加)(?:作者|本书|我们?|官方)?的?(?:微信)?公众[号帐账]号?\\s*[：:“"「【（(]\\s*[^\\n。”"」】）)]{1,25}[”"」】）)]?'),
]
const latin = /[A-Za-zＡ-Ｚａ-ｚ]/

type Rule = { sign: RegExp; pattern: RegExp }

function rule(sign: RegExp, pattern: string): Rule {
  return { sign, pattern: new RegExp(pattern, 'gm') }
}

/** Adverts, addresses, pleas for votes, notices of serials and ways to get in touch; some may overlap. */
export function noticesIn(text: string): Clutter[] {
  const found: Clutter[] = []
  const take = (kind: ClutterKind, { sign, pattern }: Rule, range: typeof widened) => {
    if (!sign.test(text)) return
    for (const match of text.matchAll(pattern)) found.push({ kind, ...range(text, match.index, match.index + match[0].length), instead: '' })
  }
  for (const each of adverts) take('advert', each, widened)
  take('advert', { sign: /[:：]/, pattern: credits }, tight)
  take('url', { sign: latin, pattern: url }, tight)
  for (const each of pleas) take('plea', each, widened)
  for (const each of notices) take('notice', each, tight)
  for (const each of contacts) take('contact', each, widened)
  return found
}

type Range = { start: number; end: number }

function tight(text: string, start: number, end: number): Range {
  const match = text.slice(start, end)
  return { start: start + match.length - match.trimStart().length, end: end - (match.length - match.trimEnd().length) }
}

const OPENING = '（(【['
const CLOSING = '）)】]'
const FAR = 120

/** The match with the bracket around it, or its whole line where it is two thirds of one without speech. */
function widened(text: string, from: number, to: number): Range {
  const { start, end } = tight(text, from, to)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end)
  const line = text.slice(lineStart, lineEnd)
  if (line.length <= FAR && (end - start) * 3 >= line.length * 2 && !/[“”「」『』]/.test(line)) return { start: lineStart, end: lineEnd }
  const opening = lastOf(text, OPENING, lineStart, start)
  if (opening === -1) return { start, end }
  const closing = [...CLOSING].map((mark) => text.indexOf(mark, end - 1)).filter((at) => at !== -1 && at < lineEnd).sort((a, b) => a - b)[0]
  return closing !== undefined && closing - opening <= FAR ? { start: opening, end: Math.max(end, closing + 1) } : { start, end }
}

/** The last opening bracket before a place in its line that nothing has closed. */
function lastOf(text: string, marks: string, from: number, before: number): number {
  for (let at = before - 1; at >= from; at -= 1) {
    const mark = text[at] ?? ''
    if (CLOSING.includes(mark)) return -1
    if (marks.includes(mark)) return at
  }
  return -1
}
