import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { openRecordFile } from '@/lib/text/record-file'

// One side of the reading benchmark in a process of its own: seconds, records, and how far resident memory grew.
const [side, path = ''] = process.argv.slice(2)
const started = performance.now()
const before = process.memoryUsage.rss()
let peak = before
let records = 0
const seen = () => {
  records += 1
  peak = Math.max(peak, process.memoryUsage.rss())
}

if (side === 'ours') {
  const { records: outcomes } = await openRecordFile(path, 'novels.json', { wanted: 'novels' })
  for await (const outcome of outcomes) if (outcome.ok) seen()
} else {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity })
  lines.on('line', (line) => {
    JSON.parse(line)
    seen()
  })
  await once(lines, 'close')
}
process.send?.({ seconds: (performance.now() - started) / 1000, records, rssGrowthMB: (peak - before) / 1e6 })
