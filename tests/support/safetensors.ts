/** A safetensors file of float32 tensors with these shapes, every byte the same. */
export function safetensors(shapes: Record<string, number[]>, fill = 1): Buffer {
  let end = 0
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  for (const [tensor, shape] of Object.entries(shapes)) {
    const start = end
    end += 4 * shape.reduce((product, side) => product * side, 1)
    header[tensor] = { dtype: 'F32', shape, data_offsets: [start, end] }
  }
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  return Buffer.concat([length, json, Buffer.alloc(end, fill)])
}
