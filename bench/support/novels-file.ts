import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { sampleNovels } from '@/bench/support/sample-novels'

const LONGEST_NOVEL = 12

/** Writes JSON Lines of at least `bytes`: the sample's novels, one to twelve of them after another in a line (0.1 to 1.1 MB). */
export async function writeNovelsFile(path: string, bytes: number): Promise<number> {
  const texts = sampleNovels().map(({ text }) => text)
  const lines = Array.from({ length: LONGEST_NOVEL }, (_, index) => {
    const text = Array.from({ length: index + 1 }, () => texts.join('\n\n')).join('\n\n')
    return Buffer.from(`${JSON.stringify({ name: `样本${index + 1}`, text })}\n`)
  })
  const file = createWriteStream(path)
  let written = 0
  for (let index = 0; written < bytes; index += 1) {
    const line = lines[index % lines.length] ?? Buffer.alloc(0)
    written += line.length
    if (!file.write(line)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
  return written
}
