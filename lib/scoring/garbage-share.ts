import { specialTokenCharacters } from '@/lib/text/special-tokens'

/** Not characters of any text: the replacement character, private use, unassigned, and controls but the line's own. */
const garbage = /[\ufffd\p{Co}\p{Cn}]|(?![\n\r\t])\p{Cc}/gu

/** The share, 0 to 1, of a text's characters that no reader should see: what failed to decode, controls, a template's own markers. */
export function garbageShare(text: string): number {
  const characters = [...text].length
  if (characters === 0) return 0
  return ((text.match(garbage) ?? []).length + specialTokenCharacters(text)) / characters
}
