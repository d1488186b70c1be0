import { open } from 'node:fs/promises'
import { z } from 'zod'

/** Largest header the format allows, in bytes. */
const longestHeader = 100_000_000

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})

export type Tensor = { dtype: string; shape: number[] }

/**
 * The tensors of a safetensors file by their names, by its header alone; null when the file is damaged: a header that is too
 * long, is no JSON, or describes more or less data than there is.
 */
export async function readTensors(file: string): Promise<Map<string, Tensor> | null> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const prefix = Buffer.alloc(8)
    if ((await handle.read(prefix, 0, 8, 0)).bytesRead < 8) return null
    const length = prefix.readBigUInt64LE()
    if (length > BigInt(longestHeader) || length > BigInt(size - 8)) return null
    const header = Buffer.alloc(Number(length))
    await handle.read(header, 0, header.length, 8)
    return tensorsIn(header, size - 8 - header.length)
  } finally {
    await handle.close()
  }
}

/** Parameters in a safetensors file; null when it is damaged. */
export async function countParameters(file: string): Promise<bigint | null> {
  const tensors = await readTensors(file)
  if (tensors === null) return null
  return [...tensors.values()].reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * BigInt(side), 1n), 0n)
}

function tensorsIn(header: Buffer, dataBytes: number): Map<string, Tensor> | null {
  try {
    const entries = z.record(z.string(), z.unknown()).parse(JSON.parse(header.toString('utf8')))
    const tensors = Object.entries(entries).filter(([name]) => name !== '__metadata__').map(([name, tensor]) => [name, tensorSchema.parse(tensor)] as const)
    const end = tensors.reduce((furthest, [, tensor]) => Math.max(furthest, tensor.data_offsets[1]), 0)
    return end === dataBytes ? new Map(tensors.map(([name, { dtype, shape }]) => [name, { dtype, shape }])) : null
  } catch {
    return null
  }
}
