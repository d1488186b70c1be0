/**
 * Names of people in a short text that what it is about does not have. Made to be seldom wrong rather than complete; a
 * name counts as unknown only by one of these rules, `known` being the passage with what stands around it:
 * - a surname (a list of those that hardly begin a word) opens a clause or follows 与和同跟被向对给把见遇叫娶嫁, the two
 *   characters are no common word (another list), and the surname occurs nowhere in `known`;
 * - 小, 老, 阿 and a surname, or a surname and a title (先生, 掌柜, …), where the surname occurs nowhere in `known`;
 * - a foreign name with its dot (安娜·卡列尼娜) of which neither side's two characters by the dot occur in `known`;
 * - in a Chinese text a word of two or more Latin letters that begins with a capital and does not occur in `known`.
 * Surnames are compared whether simplified or traditional.
 */
export function unknownNames(text: string, known: string): string[] {
  const found = new Set<string>()
  const isKnown = (surname: string) => [...surname, ...[...surname].map((each) => traditional[each] ?? each)].some((each) => known.includes(each))
  for (const [name, surname = ''] of text.matchAll(titled)) if (!isKnown(surname)) found.add(name)
  for (const [name, surname = ''] of text.matchAll(nicknamed)) if (!isKnown(surname)) found.add(name)
  for (const [, surname = '', given = ''] of text.matchAll(inClause)) {
    const name = surname + given
    const isTold = [...found].some((each) => each.startsWith(name))
    if (!isTold && !isKnown(surname) && !words.has(name)) found.add(name)
  }
  for (const [, before = '', after = ''] of text.matchAll(dotted)) {
    if (!known.includes(before) && !known.includes(after)) found.add(`${before}·${after}`)
  }
  const lower = known.toLowerCase()
  if (/\p{Script=Han}{2}/u.test(text)) for (const [name] of text.matchAll(capitalised)) if (!lower.includes(name.toLowerCase())) found.add(name)
  return [...found]
}

const single = '赵李王吴郑冯陈蒋沈韩杨朱秦吕曹袁邓薛魏贾郭孙彭姚苏卢蔡丁崔潘邱杜傅谭廖龚孟汪尹邵祁阮闵樊虞柯邹窦俞刘宋唐徐罗梁董萧葛'
const double = '欧阳|司马|诸葛|慕容|上官|司徒|令狐|皇甫|尉迟|公孙'
const titles = '先生|太太|小姐|夫人|老爷|少爷|公子|姑娘|师傅|掌柜|老师|大夫|医生|队长|教授|警官|将军|大爷|大娘|大妈|大嫂|嫂子|奶奶|伯伯|叔叔|婶'

const inClause = new RegExp(`(?:^|[，。、；：！？…“”‘’「」『』（）《》\\s与和同跟被向对给把见遇叫娶嫁])(${double}|[${single}])(\\p{Script=Han})`, 'gu')
const nicknamed = new RegExp(`(?<!\\p{Script=Han}[小老])[小老阿]([${single}])(?![子儿家事打体])`, 'gu')
const titled = new RegExp(`(${double}|[${single}张林周黄高马胡何许谢田方白金江钱])(?:${titles})`, 'gu')
// Two characters on either side of the dot tell the name; what else belongs to it only a dictionary would know.
const dotted = /(\p{Script=Han}{1,2})[·•・](\p{Script=Han}{1,2})/gu
const capitalised = /(?<![\p{L}\p{N}<|])\p{Lu}\p{Ll}+(?![\p{L}|>])/gu

/** Words that begin with a surname: a clause that opens with one names nobody. */
const words = new Set(
  ('李子 李树 王爷 王府 王朝 王后 王子 王国 王法 王位 王者 王室 王妃 王冠 王宫 王道 王孙 陈旧 陈设 陈列 陈年 陈述 陈词 陈迹 陈规 陈腐 杨树 杨柳 杨花 杨梅 朱红 朱门 朱砂 朱漆 朱唇 秦腔 秦岭 秦淮 ' +
    '韩国 沈阳 沈默 宋朝 宋词 宋代 唐突 唐朝 唐诗 唐代 唐装 刘海 郑重 吴语 吴国 徐徐 徐缓 徐步 罗列 罗盘 罗帐 罗网 罗裙 罗汉 曹操 魏晋 孙子 孙女 孙儿 孙媳 孙辈 苏醒 苏州 苏绣 苏打 苏联 丁点 丁香 丁当 丁忧 丁零 丁丁 ' +
    '杜绝 杜鹃 杜撰 孟春 孟夏 孟浪 汪洋 汪汪 柯南 俞允 梁上 梁柱 梁木 梁间 董事 萧瑟 萧条 萧索 萧萧 萧然 萧疏 葛布 葛根 葛藤 袁大 彭湃 赵宋 郭外 薛涛 贾人 卢布 蔡伦 崔嵬 虞美 邓林 窦娥 吕宋 姚黄 潘多 ' +
    '樊笼 樊篱 杨絮 杨林 罗裳 罗衫 罗扇 罗衣 罗袖 罗马 丁卯 丁壮 丁字 王侯 王公 王城 王师 王命 王兄 王弟 王母 王八 李花 李代 朱墙 朱颜 朱户 朱楼 朱雀 朱栏 朱笔 朱批 苏维 苏区 秦汉 秦时 秦代 唐人 宋人').split(' '),
)

const traditional: Record<string, string> = {
  赵: '趙', 吴: '吳', 郑: '鄭', 冯: '馮', 陈: '陳', 蒋: '蔣', 韩: '韓', 杨: '楊', 吕: '呂', 邓: '鄧', 贾: '賈', 孙: '孫', 苏: '蘇', 卢: '盧', 谭: '譚', 龚: '龔', 闵: '閔', 邹: '鄒', 窦: '竇', 刘: '劉', 罗: '羅',
  萧: '蕭', 张: '張', 黄: '黃', 马: '馬', 许: '許', 谢: '謝', 钱: '錢', 欧: '歐', 阳: '陽', 诸: '諸', 东: '東', 迟: '遲',
}
