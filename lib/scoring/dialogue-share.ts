const quotation = /“[^”\n]*”?|「[^」\n]*」?|"[^"\n]*"?/gu
const marks = /[\p{P}\s]/gu

/** The share, 0 to 1, of a text's characters, marks not counted, that stand in quotation marks; one left open ends with its line. */
export function dialogueShare(text: string): number {
  const all = lengthOf(text)
  return all === 0 ? 0 : (text.match(quotation) ?? []).reduce((sum, quoted) => sum + lengthOf(quoted), 0) / all
}

function lengthOf(text: string): number {
  return [...text.replace(marks, '')].length
}
