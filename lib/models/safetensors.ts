import { open } from 'node:fs/promises'
import { z } from 'zod'

/** Largest header the format allows, in bytes. */
const longestHeader = 100_000_000

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})

/**
 * Parameters in a safetensors file, by its header alone; null when the file is damaged: a header that is too long,
 * is no JSON, or describes more or less data than there is.
 */
export async function countParameters(file: string): Promise<bigint | null> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const prefix = Buffer.alloc(8)
    if ((await handle.read(prefix, 0, 8, 0)).bytesRead < 8) return null
    const length = prefix.readBigUInt64LE()
    if (length > BigInt(longestHeader) || length > BigInt(size - 8)) return null
    const header = Buffer.alloc(Number(length))
    await handle.read(header, 0, header.length, 8)
    return countInHeader(header, size - 8 - header.length)
  } finally {
    await handle.close()
  }
}

function countInHeader(header: Buffer, dataBytes: number): bigint | null {
  try {
    const entries = z.record(z.string(), z.unknown()).parse(JSON.parse(header.toString('utf8')))
    const tensors = Object.entries(entries).filter(([name]) => name !== '__metadata__').map(([, tensor]) => tensorSchema.parse(tensor))
    const end = tensors.reduce((furthest, tensor) => Math.max(furthest, tensor.data_offsets[1]), 0)
    if (end !== dataBytes) return null
    return tensors.reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * BigInt(side), 1n), 0n)
  } catch {
    return null
  }
}
