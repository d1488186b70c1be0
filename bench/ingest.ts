import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { measureCommitted } from '@/bench/support/committed-rows'
import { measureReading } from '@/bench/support/reading'
import type { Measurement } from '@/bench/support/measurement'
import { writeNovelsFile } from '@/bench/support/novels-file'

export const needs = ['python']

const fileBytes = 1_000_000_000

/**
 * A JSON Lines file of 1 GB. `ratio`: reading and parsing against a bare readline + JSON.parse loop, MB/s.
 * Beside it, from bytes on disk to committed rows: chapters found, registers measured, everything copied.
 */
export async function measure(): Promise<Measurement> {
  const folder = await mkdtemp(path.join(tmpdir(), 'molian-bench-'))
  try {
    const file = path.join(folder, 'novels.json')
    const bytes = await writeNovelsFile(file, fileBytes)
    const reading = await measureReading(file, bytes)
    return { ...reading, ...(await measureCommitted(file, bytes, folder)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
