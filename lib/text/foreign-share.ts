/** The share of a text's letters and digits that are not Chinese characters; 0 where it has none at all. */
export function foreignShare(text: string): number {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  return letters === 0 ? 0 : (letters - han) / letters
}
