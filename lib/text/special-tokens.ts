/** Markers that chat templates and tokenizers give a meaning: Qwen's and Llama 3's <|…|>, sentence piece's <s>, Llama 2's [INST]. */
const specialToken = /<\|[^|<>\s]{1,40}\|>|<\/?s>|<(?:bos|eos|pad|unk)>|<\/?think>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>/gi

export function hasSpecialToken(text: string): boolean {
  return text.search(specialToken) !== -1
}

/** The text with such markers made plain words: their brackets in full width, which no tokenizer takes for one of its own. */
export function inert(text: string): string {
  return text.replace(specialToken, (token) => token.replace(/[<>[\]]/g, (bracket) => String.fromCharCode(bracket.charCodeAt(0) + 0xfee0)))
}

/** Characters of a text that belong to such markers. */
export function specialTokenCharacters(text: string): number {
  return (text.match(specialToken) ?? []).reduce((sum, token) => sum + token.length, 0)
}
