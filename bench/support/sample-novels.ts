import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { splitChapters } from '@/lib/text/chapters'

const novel = z.object({ name: z.string(), text: z.string() })
export type SampleNovel = z.infer<typeof novel>

/** The novels of the sample project. */
export function sampleNovels(): SampleNovel[] {
  const path = fileURLToPath(new URL('../../public/samples/train.json', import.meta.url))
  return readFileSync(path, 'utf8').trim().split('\n').map((line) => novel.parse(JSON.parse(line)))
}

/** The sample's chapters over and over, at least `bytes` of UTF-8 in all, each a string of its own. */
export function sampleChapters(bytes: number): string[] {
  const chapters = sampleNovels().flatMap(({ name, text }) => splitChapters(text, name)).map(({ text }) => Buffer.from(text))
  const texts: string[] = []
  for (let written = 0; written < bytes; ) {
    for (const chapter of chapters) {
      texts.push(chapter.toString('utf8'))
      written += chapter.length
    }
  }
  return texts
}
