import type { Measurement } from '@/bench/support/measurement'
import { median } from '@/bench/support/median'
import { sampleChapters } from '@/bench/support/sample-novels'
import { cutPassages, usualLengths } from '@/lib/text/passages'

const TEXT_BYTES = 16 * 1024 * 1024
const ROUNDS = 31

/**
 * Cutting chapters into passages, every passage written out as UTF-8: the complete rule against
 * the public baseline's loop, which splits at 。 and joins while the passage stays within the target.
 * Both sides cut the same chapters in turns; MB/s of UTF-8, medians.
 */
export async function measure(): Promise<Measurement> {
  const chapters = sampleChapters(TEXT_BYTES)
  const bytes = chapters.reduce((sum, chapter) => sum + Buffer.byteLength(chapter), 0)
  const page = Buffer.alloc(usualLengths.maximum * 64)
  const sides = {
    ours: () => cutCompletely(chapters, page),
    baseline: () => splitAndConcatenate(chapters, page),
  }
  const seconds: Record<keyof typeof sides, number[]> = { ours: [], baseline: [] }
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const side of round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const)) {
      globalThis.gc?.()
      const started = performance.now()
      sides[side]()
      // The first rounds warm both sides up.
      if (round >= 0) seconds[side].push((performance.now() - started) / 1000)
    }
  }
  const ours = bytes / 1e6 / median(seconds.ours)
  const baseline = bytes / 1e6 / median(seconds.baseline)
  return { ours, baseline, ratio: ours / baseline, unit: 'MB/s', passages: cutCompletely(chapters, page) }
}

function cutCompletely(chapters: readonly string[], page: Buffer): number {
  let written = 0
  for (const chapter of chapters) {
    for (const { startUnit, endUnit } of cutPassages(chapter, usualLengths)) {
      page.write(chapter.slice(startUnit, endUnit), 'utf8')
      written += 1
    }
  }
  return written
}

function splitAndConcatenate(chapters: readonly string[], page: Buffer): number {
  let written = 0
  const write = (passage: string) => {
    page.write(passage, 'utf8')
    written += 1
  }
  for (const chapter of chapters) {
    let passage = ''
    for (const sentence of chapter.split('。')) {
      if (passage.length + sentence.length <= usualLengths.target) passage += `${sentence}。`
      else {
        write(passage)
        passage = sentence
      }
    }
    write(passage)
  }
  return written
}
