import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A folder that is a model to everyone who does not compute with it: config, tokenizer, template and one small tensor. */
export function writeModelFolder(directory: string, options: { weight?: number; chatTemplate?: boolean } = {}): string {
  mkdirSync(directory, { recursive: true })
  const header = Buffer.from(JSON.stringify({ weight: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] } }))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  writeFileSync(join(directory, 'model.safetensors'), Buffer.concat([length, header, Buffer.alloc(16, options.weight ?? 1)]))
  writeFileSync(join(directory, 'config.json'), JSON.stringify({ model_type: 'qwen2' }))
  writeFileSync(join(directory, 'tokenizer.json'), '{}')
  writeFileSync(join(directory, 'tokenizer_config.json'), JSON.stringify(options.chatTemplate === false ? {} : { chat_template: '{{ messages }}' }))
  return directory
}
