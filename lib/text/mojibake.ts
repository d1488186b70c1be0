/** How a text was spoilt before it came: UTF-8 once read as GBK or as Latin-1 and saved so, or characters replaced for good. */
export const mojibakeSigns = ['utf-8-as-gbk', 'utf-8-as-latin-1', 'replaced'] as const
export type MojibakeSign = (typeof mojibakeSigns)[number]

/** Every third character of UTF-8 read as GBK is of this kind; of written Chinese less than one in a hundred. */
const SHARE_IN_MOJIBAKE = 0.15
const SHARE_OF_REPLACED = 0.002
const FEWEST = 6

// Latin-1 or Windows-1252: a lead byte of three-byte UTF-8 and two bytes that go on.
const LATIN_TRIPLE = /[\u00e3-\u00e9][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2}/g
const LOST = /\ufffd|锟斤拷/g

let leads: Set<string> | undefined

/** The sign of an earlier wrong reading that a text bears, whatever encoding it is stored in now; undefined for sound text. */
export function mojibakeIn(text: string): MojibakeSign | undefined {
  leads ??= charactersOfLeadBytes()
  let seen = 0
  let spoilt = 0
  for (const character of text) {
    if (character < '\u0080') continue
    seen += 1
    if (leads.has(character)) spoilt += 1
  }
  if (spoilt >= FEWEST && spoilt > seen * SHARE_IN_MOJIBAKE) return 'utf-8-as-gbk'
  const triples = text.match(LATIN_TRIPLE)?.length ?? 0
  if (triples >= FEWEST && triples * 3 > seen * SHARE_IN_MOJIBAKE) return 'utf-8-as-latin-1'
  const lost = text.match(LOST)?.length ?? 0
  return lost > 0 && lost > seen * SHARE_OF_REPLACED ? 'replaced' : undefined
}

/** What the first two bytes of a Chinese character in UTF-8 give when they are read as GBK: 锛, 銆, 鐨, … */
function charactersOfLeadBytes(): Set<string> {
  const gbk = new TextDecoder('gb18030')
  const found = new Set<string>()
  for (let lead = 0xe3; lead <= 0xe9; lead += 1) for (let next = 0x80; next <= 0xbf; next += 1) found.add(gbk.decode(Uint8Array.of(lead, next)))
  // Full-width punctuation begins with EF BC.
  return found.add('锛')
}
