import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { MolianError } from '@/lib/errors'
import type { LogExtent, LogMatches, LogRow, logPlace, logSearch } from '@/lib/stages/job-log'

/** The byte at which every so many lines begin is remembered, so that a place deep in a log is found without reading all before it. */
const linesApart = 256
/** Longer lines are cut. */
const longestLine = 4_000

type Index = { bytes: number; lines: number; marks: number[] }

/** Of the logs that were looked at last; an engine's log only grows. */
const indexes = new Map<string, Index>()
const indexesHeld = 4

/** How many whole lines an engine's log has now; 0 where there is none. */
export async function countEngineLog(runId: string): Promise<LogExtent> {
  const { lines, bytes } = await indexOf(runId)
  return { total: lines, lastId: Math.min(bytes, 2 ** 31 - 1) }
}

/** Lines of an engine's log by their place in it, counted from 0. Its own words for how grave a line is are its source. */
export async function readEngineLines(runId: string, { from, take }: z.infer<typeof logPlace>): Promise<Omit<LogRow, 'at'>[]> {
  const { lines, bytes, marks } = await indexOf(runId)
  const end = Math.min(from + take, lines)
  if (from >= end) return []
  const mark = Math.floor(from / linesApart)
  const start = marks[mark] ?? 0
  const rows: Omit<LogRow, 'at'>[] = []
  let place = mark * linesApart
  const reader = createInterface({ input: createReadStream(fileOf(runId), { start, end: bytes - 1, encoding: 'utf8' }), crlfDelay: Infinity })
  for await (const line of reader) {
    if (place >= from) rows.push({ id: place, ...parted(line) })
    place += 1
    if (place >= end) break
  }
  return rows
}

/** As searchLog does for a job's log; the whole file is read for it. */
export async function searchEngineLog(runId: string, { text, from, towards }: z.infer<typeof logSearch>): Promise<LogMatches> {
  const { bytes } = await indexOf(runId)
  if (bytes === 0) return { count: 0, match: null }
  const wanted = text.toLowerCase()
  const places: number[] = []
  let place = 0
  for await (const line of createInterface({ input: createReadStream(fileOf(runId), { end: bytes - 1, encoding: 'utf8' }), crlfDelay: Infinity })) {
    if (line.toLowerCase().includes(wanted)) places.push(place)
    place += 1
  }
  const nearest = towards === 'later' ? (places.find((each) => each >= from) ?? places[0]) : (places.findLast((each) => each <= from) ?? places.at(-1))
  return { count: places.length, match: nearest === undefined ? null : { place: nearest, number: places.indexOf(nearest) + 1 } }
}

/** The whole log as it is. */
export async function* engineLogAsText(runId: string): AsyncGenerator<string> {
  if ((await stat(fileOf(runId)).catch(() => null)) === null) return
  for await (const part of createReadStream(fileOf(runId), { encoding: 'utf8' })) yield String(part)
}

/** Throws engine.missing for what names no engine. */
function fileOf(runId: string): string {
  if (!z.uuid().safeParse(runId).success) throw new MolianError('engine.missing', { run: runId })
  return inHome(artifactPath.engineLog(runId))
}

/** Reads on from where the index ends; a line without its end yet does not count. */
async function indexOf(runId: string): Promise<Index> {
  const index = indexes.get(runId) ?? { bytes: 0, lines: 0, marks: [0] }
  indexes.delete(runId)
  indexes.set(runId, index)
  for (const oldest of [...indexes.keys()].slice(0, -indexesHeld)) indexes.delete(oldest)
  const handle = await open(fileOf(runId), 'r').catch(() => null)
  if (!handle) return { bytes: 0, lines: 0, marks: [0] }
  try {
    const buffer = Buffer.alloc(256 * 1024)
    for (let position = index.bytes; ; ) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
      if (bytesRead === 0) break
      for (let at = buffer.indexOf(10); at !== -1 && at < bytesRead; at = buffer.indexOf(10, at + 1)) {
        // Two requests may read on at once: each line is counted by the first to come to it.
        if (position + at + 1 <= index.bytes) continue
        index.bytes = position + at + 1
        index.lines += 1
        if (index.lines % linesApart === 0) index.marks.push(index.bytes)
      }
      position += bytesRead
    }
  } finally {
    await handle.close()
  }
  return index
}

/** From a line such as `(APIServer pid=7) INFO 11-24 08:12:33 [core.py:59] Loading`: INFO and the rest. */
function parted(line: string): { source: string; text: string } {
  // oxlint-disable-next-line no-control-regex
  const plain = line.replace(/\u001b\[[0-9;]*m/g, '')
  const said = /^(?:\(\w+ pid=\d+\) )?(INFO|WARNING|ERROR|DEBUG)[: ]\s*(.*)$/.exec(plain)
  return { source: said?.[1]?.toLowerCase() ?? '', text: (said?.[2] ?? plain).slice(0, longestLine) }
}
