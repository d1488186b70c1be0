import { Converter } from 'opencc-js/t2cn'

let converter: ((text: string) => string) | undefined
let table: Uint8Array | undefined

/** Traditional characters as simplified ones, phrase by phrase (乾坤 stays, 乾燥 is 干燥). The length may change. */
export function simplified(text: string): string {
  converter ??= Converter({ from: 't', to: 'cn' })
  return converter(text)
}

/** Characters of the basic plane that have another form in simplified Chinese. */
export function traditionalCharacters(text: string): number {
  table ??= traditionalTable()
  let count = 0
  for (let at = 0; at < text.length; at += 1) count += table[text.charCodeAt(at)] ?? 0
  return count
}

function traditionalTable(): Uint8Array {
  const marks = new Uint8Array(0x10000)
  const all = Array.from({ length: 0xa000 - 0x3400 }, (_, at) => String.fromCharCode(0x3400 + at))
  const forms = simplified(all.join('\n')).split('\n')
  all.forEach((character, at) => {
    if (forms[at] !== character) marks[character.charCodeAt(0)] = 1
  })
  return marks
}
