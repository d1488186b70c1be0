/** The characters that a chapter's number may be written in: digits of two widths, plain, formal and old numerals. */
export const NUMERALS = '0-9０-９〇○零一二两三四五六七八九十百千万壹贰貳叁參肆伍陆陸柒捌玖拾佰仟廿卅'

const digits = new Map<string, number>()
for (const row of ['〇一二三四五六七八九', '零壹贰叁肆伍陆柒捌玖', '○两貳參００陸０００', '０１２３４５６７８９', '0123456789']) {
  ;[...row].forEach((character, value) => {
    if (!digits.has(character)) digits.set(character, row.startsWith('○') ? oldDigit(character) : value)
  })
}
const units = new Map([['十', 10], ['拾', 10], ['百', 100], ['佰', 100], ['千', 1000], ['仟', 1000], ['万', 10_000]])

function oldDigit(character: string): number {
  return { '○': 0, 两: 2, 貳: 2, 參: 3, 陸: 6 }[character] ?? 0
}

/** The value of a number such as 12, 十二, 一百二十, 一二〇, 廿三 or 叁; undefined when it is none. */
export function numeralValue(text: string): number | undefined {
  const spelled = text.replaceAll('廿', '二十').replaceAll('卅', '三十')
  if (spelled === '') return undefined
  let total = 0
  let section = 0
  let pending: number | undefined
  for (const character of spelled) {
    const digit = digits.get(character)
    const unit = units.get(character)
    if (digit !== undefined) pending = (pending ?? 0) * 10 + digit
    else if (unit === 10_000) {
      total = (total + section + (pending ?? 0)) * unit
      section = 0
      pending = undefined
    } else if (unit !== undefined) {
      section += (pending ?? 1) * unit
      pending = undefined
    } else return undefined
  }
  return total + section + (pending ?? 0)
}
