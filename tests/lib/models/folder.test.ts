import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { inspectModelFolder } from '@/lib/models/folder'
import { weightsSha256 } from '@/lib/models/weights'

const root = mkdtempSync(join(tmpdir(), 'molian-models-'))
process.env.MOLIAN_HOME = root
process.env.DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/none'
process.env.REDIS_URL = 'redis://127.0.0.1:1'
afterAll(() => rmSync(root, { recursive: true }))

let folder: string
let made = 0
beforeEach(() => {
  folder = join(root, `model-${(made += 1)}`)
  mkdirSync(folder)
  put('config.json', { model_type: 'qwen2' })
  put('tokenizer.json', {})
  put('tokenizer_config.json', { chat_template: '{{ messages }}' })
  weights('model.safetensors', { a: [2, 3], b: [4] })
})

function put(name: string, content: unknown): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
}

/** A whole safetensors file of float32 tensors. */
function weights(name: string, shapes: Record<string, number[]>): void {
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
  writeFileSync(join(folder, name), Buffer.concat([length, json, Buffer.alloc(end)]))
}

const refusal = () => inspectModelFolder(folder).then(() => 'accepted', (error: { code: string }) => error.code)

test('tells family, licence, size and parameters of a whole folder', async () => {
  put('README.md', '---\nlanguage: zh\nlicense: apache-2.0\n---\n# Model')
  expect(await inspectModelFolder(folder)).toEqual({ family: 'qwen2', licence: 'apache-2.0', parameters: 10n, bytes: expect.any(BigInt), hasChatTemplate: true })
})

test('a licence may stand in a file of terms, and a template in a file of its own', async () => {
  put('GEMMA_TERMS.txt', '\nGemma Terms of Use\n…')
  put('tokenizer_config.json', {})
  expect(await inspectModelFolder(folder)).toMatchObject({ licence: 'Gemma Terms of Use', hasChatTemplate: false })
  put('chat_template.jinja', '{{ messages }}')
  expect(await inspectModelFolder(folder)).toMatchObject({ hasChatTemplate: true })
})

test.each<[string, () => void]>([
  ['model.no-folder', () => rmSync(folder, { recursive: true })],
  ['model.no-config', () => rmSync(join(folder, 'config.json'))],
  ['model.is-adapter', () => (rmSync(join(folder, 'config.json')), put('adapter_config.json', {}))],
  ['model.bad-config', () => put('config.json', '{"model_type":')],
  ['model.bad-config', () => put('config.json', [])],
  ['model.own-code', () => put('config.json', { model_type: 'x', auto_map: { AutoModel: 'modeling.Model' } })],
  ['model.own-code', () => put('tokenizer_config.json', { auto_map: {} })],
  ['model.no-safetensors', () => (rmSync(join(folder, 'model.safetensors')), put('pytorch_model.bin', 'pickle'))],
  ['model.no-tokenizer', () => rmSync(join(folder, 'tokenizer.json'))],
  ['model.damaged', () => truncateSync(join(folder, 'model.safetensors'), 60)],
  ['model.damaged', () => truncateSync(join(folder, 'model.safetensors'), 3)],
  ['model.damaged', () => writeFileSync(join(folder, 'model.safetensors'), Buffer.alloc(64, 0xff))],
  ['model.missing-shard', () => put('model.safetensors.index.json', { weight_map: { a: 'model.safetensors', b: 'model-2.safetensors' } })],
  ['model.link-escapes', () => symlinkSync('/etc/hostname', join(folder, 'generation_config.json'))],
  ['model.link-escapes', () => symlinkSync('nowhere', join(folder, 'generation_config.json'))],
  ['accepted', () => symlinkSync('config.json', join(folder, 'generation_config.json'))],
])('%s', async (code, change) => {
  change()
  expect(await refusal()).toBe(code)
})

test('the hash of the weights is that of their bytes, and is kept until they change', async () => {
  const before = await weightsSha256(folder)
  expect(before).toMatch(/^[0-9a-f]{64}$/)
  expect(await weightsSha256(folder)).toBe(before)
  weights('model.safetensors', { a: [2, 3], c: [4] })
  utimesSync(join(folder, 'model.safetensors'), 1, 1)
  expect(await weightsSha256(folder)).not.toBe(before)
})
