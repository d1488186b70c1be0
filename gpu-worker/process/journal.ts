import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { longestEvent, parseEvent, type ChildEvent } from '@/gpu-worker/process/events'
import { followLines } from '@/gpu-worker/process/lines'

/**
 * Where a child's events go: a file, so that nothing it says is lost when this process dies before having read it, or
 * when the database is away for long.
 */
export function journalFile(directory: string, epoch: number): string {
  return path.join(directory, `events-${epoch}.jsonl`)
}

/** The events of a run's attempts before `epoch`, oldest attempt first. */
export async function readEarlierJournals(directory: string, epoch: number, onEvent: (event: ChildEvent) => void): Promise<void> {
  const epochs = (await readdir(directory)).flatMap((name) => /^events-(\d+)\.jsonl$/.exec(name)?.[1] ?? []).map(Number)
  for (const earlier of epochs.filter((one) => one < epoch).sort((a, b) => a - b)) {
    await followLines(journalFile(directory, earlier), Promise.resolve(), longestEvent, (line) => {
      const parsed = parseEvent(line)
      if ('event' in parsed) onEvent(parsed.event)
    })
  }
}
