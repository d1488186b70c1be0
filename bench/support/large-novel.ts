import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { sampleNovels } from '@/bench/support/sample-novels'
import { drawer } from '@/lib/draw'

const chapterCharacters = 6_000

/** Chapters of sentences of the samples in an order of their own, as paragraphs of one to five, at least `bytes` of UTF-8 in all. */
export function largeNovel(bytes: number, seed = 11): { heading: string; paragraphs: string[] }[] {
  const draw = drawer(seed)
  const sentences = sampleNovels().flatMap(({ text }) => text.split(/(?<=[。！？])|\n/)).map((sentence) => sentence?.trim() ?? '').filter((sentence) => sentence.length > 4)
  const sentence = () => sentences[Math.floor(draw() * sentences.length)] ?? ''
  const chapters: { heading: string; paragraphs: string[] }[] = []
  for (let written = 0; written < bytes; ) {
    const paragraphs: string[] = []
    for (let characters = 0; characters < chapterCharacters; ) {
      const paragraph = Array.from({ length: 1 + Math.floor(draw() * 5) }, sentence).join('')
      paragraphs.push(paragraph)
      characters += paragraph.length
      written += Buffer.byteLength(paragraph)
    }
    chapters.push({ heading: `第${chapters.length + 1}章 ${sentence().slice(0, 6)}`, paragraphs })
  }
  return chapters
}

/** Writes novels of so many bytes of text each as JSON Lines. */
export async function writeLargeNovels(file: string, sizes: readonly number[]): Promise<void> {
  const out = createWriteStream(file)
  for (const [at, bytes] of sizes.entries()) {
    const text = largeNovel(bytes, 11 + at).map(({ heading, paragraphs }) => `${heading}\n\n${paragraphs.join('\n')}`).join('\n\n')
    if (!out.write(`${JSON.stringify({ name: `长篇${at + 1}`, text })}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}
