import { chapterTexts } from '@/lib/stages/passages/scope'

type Text = { id: number; text: string }

/** Characters of the longest novel that is kept: two bytes each. */
const longestKept = 20_000_000

let kept: { key: string; texts: readonly Text[] } | null = null

/**
 * The texts of chapters as `chapterTexts` gives them, kept until others are asked for: while a hand is on the settings, the
 * novel that is open is cut anew with every change. Texts never change under their ids.
 */
export async function* openNovelTexts(ids: readonly number[]): AsyncGenerator<Text> {
  const key = ids.join()
  if (kept?.key === key) {
    yield* kept.texts
    return
  }
  const texts: Text[] = []
  let characters = 0
  for await (const each of chapterTexts(ids)) {
    characters += each.text.length
    if (characters <= longestKept) texts.push(each)
    yield each
  }
  if (characters <= longestKept) kept = { key, texts }
}
