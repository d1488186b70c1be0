import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { inspectModelFolder } from '@/lib/models/folder'
import { weightsSha256 } from '@/lib/models/weights'
import { safetensors } from '@/tests/support/safetensors'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

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
  writeFileSync(join(folder, name), safetensors(shapes))
}

const refusal = () => inspectModelFolder(folder).then(() => 'accepted', (error: { code: string }) => error.code)

test('tells family, licence, size and parameters of a whole folder', async () => {
  put('README.md', '---\nlanguage: zh\nlicense: apache-2.0\n---\n# Model')
  expect(await inspectModelFolder(folder)).toEqual({ family: 'qwen2', licence: 'apache-2.0', parameters: 10n, bytes: expect.any(BigInt), context: null, hasChatTemplate: true })
  put('config.json', { model_type: 'gemma3', text_config: { max_position_embeddings: 8192 } })
  expect(await inspectModelFolder(folder)).toMatchObject({ context: 8192 })
})

test('a licence may stand in a file of terms, and a template in a file of its own', async () => {
  put('GEMMA_TERMS.txt', '\nGemma Terms of Use\n…')
  put('tokenizer_config.json', {})
  expect(await inspectModelFolder(folder)).toMatchObject({ licence: 'Gemma Terms of Use', hasChatTemplate: false })
  put('GEMMA_TERMS.txt', '<!doctype html>\n<html><head><title>\n Gemma Terms of Use &nbsp;|&nbsp; Google</title>')
  expect(await inspectModelFolder(folder)).toMatchObject({ licence: 'Gemma Terms of Use' })
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

describe('in a Hugging Face cache', () => {
  /** As its own program lays it out: snapshots of links into blobs. */
  function cached(): { repository: string; snapshot: string } {
    const repository = join(temporaryDirectory(), 'models--Qwen--Tiny')
    const snapshot = join(repository, 'snapshots', 'c0ffee')
    mkdirSync(join(repository, 'blobs'), { recursive: true })
    mkdirSync(snapshot, { recursive: true })
    for (const name of readdirSync(folder)) {
      renameSync(join(folder, name), join(repository, 'blobs', `blob-of-${name}`))
      symlinkSync(`../../blobs/blob-of-${name}`, join(snapshot, name))
    }
    return { repository, snapshot }
  }

  test('links into the blobs of the same repository are followed', async () => {
    const { snapshot } = cached()
    expect(await inspectModelFolder(snapshot)).toMatchObject({ family: 'qwen2', parameters: 10n })
  })

  test.each<[string, (repository: string, snapshot: string) => void]>([
    ['a file of the machine', (_, snapshot) => symlinkSync('/etc/hostname', join(snapshot, 'generation_config.json'))],
    ['another repository', (repository, snapshot) => {
      const other = join(dirname(repository), 'models--Qwen--Other', 'blobs')
      mkdirSync(other, { recursive: true })
      writeFileSync(join(other, 'x'), '{}')
      symlinkSync('../../../models--Qwen--Other/blobs/x', join(snapshot, 'generation_config.json'))
    }],
    ['the repository beside its blobs', (repository, snapshot) => {
      writeFileSync(join(repository, 'x'), '{}')
      symlinkSync('../../x', join(snapshot, 'generation_config.json'))
    }],
    ['blobs that are a link themselves', (repository) => {
      renameSync(join(repository, 'blobs'), join(dirname(repository), 'elsewhere'))
      symlinkSync('../elsewhere', join(repository, 'blobs'))
    }],
  ])('links into %s are refused', async (_, change) => {
    const { repository, snapshot } = cached()
    change(repository, snapshot)
    await expect(inspectModelFolder(snapshot)).rejects.toMatchObject({ code: 'model.link-escapes' })
  })

  test('the same links are refused where it is no such cache', async () => {
    const { repository, snapshot } = cached()
    const other = join(dirname(repository), 'Tiny')
    renameSync(repository, other)
    await expect(inspectModelFolder(snapshot.replace(repository, other))).rejects.toMatchObject({ code: 'model.link-escapes' })
  })
})
