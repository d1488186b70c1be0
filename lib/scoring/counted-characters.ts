/**
 * The code points of a text that count toward its length: punctuation, white space and controls do not, as the challenge's entrants
 * found its own count to be.
 */
export function countedCharacters(text: string): number {
  return [...text.replace(/[\p{P}\p{Z}\p{C}]/gu, '')].length
}
