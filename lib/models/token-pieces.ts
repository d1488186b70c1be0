import type { ModelTokenizer } from '@/lib/models/tokenizer'

/** The fewest tokens that are whole characters together: a rare character takes several. */
export type TokenPiece = { text: string; ids: number[]; special: boolean }

/** A character has at most four bytes; what is still broken after as many tokens is shown as it is. */
const mostTokens = 4

/** Tokens as a person can read them, one piece a token wherever a token is whole characters. */
export function tokenPieces(ids: readonly number[], tokenizer: Pick<ModelTokenizer, 'textOf' | 'isSpecial'>): TokenPiece[] {
  const pieces: TokenPiece[] = []
  let open: number[] = []
  const close = () => {
    if (open.length > 0) pieces.push({ text: tokenizer.textOf(open), ids: open, special: false })
    open = []
  }
  for (const id of ids) {
    if (tokenizer.isSpecial(id)) {
      close()
      pieces.push({ text: tokenizer.textOf([id]), ids: [id], special: true })
      continue
    }
    open.push(id)
    if (open.length === mostTokens || !tokenizer.textOf(open).includes('\ufffd')) close()
  }
  close()
  return pieces
}
