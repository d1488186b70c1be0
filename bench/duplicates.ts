import type { Measurement } from '@/bench/support/measurement'
import { sampleChapters } from '@/bench/support/sample-novels'
import { drawer } from '@/lib/draw'
import { wordUnits } from '@/lib/text/fold'
import { NearDuplicates } from '@/lib/text/near-duplicates'

const PASSAGES = 100_000
const COMPARED_PLAINLY = 800
const CHARACTERS = 400
const BATCH = 500
/** Every so many passages one repeats an earlier one, with one character in fifty written as another. */
const REPEATS = 20

/**
 * Duplicates among passages of 400 characters. `ratio`: every passage against every other by sets of 4-character strings
 * (the straightforward way) against ours, both on the same 800 passages. Beside it the whole of 100,000: seconds, how
 * far resident memory grew, and how many of the repeats that are alike enough were found; the plain way's seconds for
 * as many are reckoned from its pairs, of which there are 15,625 times as many.
 */
export async function measure(): Promise<Measurement> {
  const few = passages(COMPARED_PLAINLY)
  await group(few)
  const ours = await timed(() => group(few))
  const baseline = await timed(async () => compareAll(few))
  const all = passages(PASSAGES)
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let peak = before
  const whole = await timed(() => group(all, () => void (peak = Math.max(peak, process.memoryUsage.rss()))))
  return {
    ours: ours.seconds,
    baseline: baseline.seconds,
    ratio: baseline.seconds / ours.seconds,
    unit: 's',
    found: ours.result,
    baselineFound: baseline.result,
    passages: PASSAGES,
    allSeconds: whole.seconds,
    allFound: whole.result,
    rssGrowthMB: (peak - before) / 1e6,
    baselineAllSecondsReckoned: baseline.seconds * (PASSAGES / COMPARED_PLAINLY) ** 2,
  }
}

/**
 * Passages of mixed sample text: neighbouring sentences of the samples in an order of their own, so that no two are
 * alike by themselves, and repeats among them.
 */
function passages(count: number): string[] {
  const draw = drawer(7)
  const sentences = sampleChapters(1).flatMap((chapter) => chapter.split(/(?<=[。！？\n])/)).filter((sentence) => sentence.length > 4)
  const texts: string[] = []
  while (texts.length < count) {
    const earlier = texts.length % REPEATS === REPEATS - 1 ? texts[Math.floor(draw() * texts.length)] : undefined
    texts.push(earlier ? blurred(earlier, draw) : mixed(sentences, draw))
  }
  return texts
}

function mixed(sentences: readonly string[], draw: () => number): string {
  let text = ''
  while (text.length < CHARACTERS) text += sentences[Math.floor(draw() * sentences.length)] ?? ''
  return text.slice(0, CHARACTERS)
}

function blurred(text: string, draw: () => number): string {
  const units = [...text]
  for (let times = text.length / 50; times > 0; times--) units[Math.floor(draw() * units.length)] = '某'
  return units.join('')
}

/** Folding, signatures, bands and the comparison of what they find, as the job does it; how many repeats there are. */
async function group(texts: readonly string[], afterBatch = () => {}): Promise<number> {
  const finder = new NearDuplicates(0.6, async (wanted) => wanted.map((text) => wordUnits(texts[text] ?? '')))
  for (let at = 0; at < texts.length; at += BATCH) {
    await finder.add(texts.slice(at, at + BATCH).map(wordUnits))
    afterBatch()
  }
  return finder.found().reduce((sum, { repeats }) => sum + repeats.length, 0)
}

function compareAll(texts: readonly string[]): number {
  const sets = texts.map((text) => {
    const words = text.replace(/[^\p{L}\p{N}]/gu, '')
    const grams = new Set<string>()
    for (let at = 0; at + 4 <= words.length; at++) grams.add(words.slice(at, at + 4))
    return grams
  })
  let repeats = 0
  for (const [index, one] of sets.entries()) {
    if (sets.slice(0, index).some((other) => likeness(one, other) >= 0.6)) repeats += 1
  }
  return repeats
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0
  for (const gram of one) if (other.has(gram)) shared += 1
  return shared / (one.size + other.size - shared)
}

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const started = performance.now()
  const result = await work()
  return { seconds: (performance.now() - started) / 1000, result }
}
