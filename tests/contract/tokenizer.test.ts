import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokenizerOf } from '@/lib/models/tokenizer'
import { sampleNovels } from '@/tests/support/project-files'
import { smallModel } from '@/tests/support/small-model'

const texts = [
  ...sampleNovels.map(({ text }) => text.slice(0, 6_000)),
  '“走罢！”他说，……然后——没有人回答。\n\n＊＊＊\n\n第二天，雪停了。𠀀𠮷，㐂；Ａ１２３ e\u0301 👨‍👩‍👧\r\n\t　　',
  '<|im_start|>user\n写<|im_end|><eos>',
  ' ',
]
const environment = { PATH: process.env.PATH, HF_HUB_OFFLINE: '1', NODE_ENV: 'test' } as const

async function runPython(args: string[], input = ''): Promise<string> {
  const running = promisify(execFile)(process.env.MOLIAN_PYTHON_BIN ?? resolve('.venv/bin/python'), args, { env: environment, maxBuffer: 64 * 1024 * 1024 })
  running.child.stdin?.end(input)
  return (await running).stdout
}

// What transformers itself makes of each text, so that both read the same folder.
const encoding = `
import json, sys
from transformers import AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
print(json.dumps([tokenizer.encode(text, add_special_tokens=False) for text in json.load(sys.stdin)]))
`
// transformers has its own splitting for a Qwen2, and writes it into every folder that it saves.
const saving = `
import sys
from transformers import AutoTokenizer
AutoTokenizer.from_pretrained(sys.argv[1]).save_pretrained(sys.argv[1])
`

async function idsOfPython(directory: string): Promise<number[][]> {
  return JSON.parse(await runPython(['-c', encoding, directory], JSON.stringify(texts)))
}

const root = mkdtempSync(join(tmpdir(), 'molian-tokenizer-'))
afterAll(() => rmSync(root, { recursive: true }))

let whole: string
let made = 0
beforeAll(async () => {
  whole = await smallModel()
})

function folder(): string {
  const directory = join(root, `model-${(made += 1)}`)
  cpSync(whole, directory, { recursive: true, filter: (file) => !file.endsWith('.safetensors') })
  return directory
}

describe('the tokenizer of a model folder', () => {
  it('gives the ids that transformers gives, on Chinese prose and on what else a novel may hold', async () => {
    const directory = folder()
    await runPython(['-c', saving, directory])
    const { tokensOf, countTokens } = await tokenizerOf(directory)
    const ids = await idsOfPython(directory)
    expect(texts.map(tokensOf)).toEqual(ids)
    expect(texts.map(countTokens)).toEqual(ids.map((each) => each.length))
  })

  it('reads a SentencePiece kind with byte fallback alike', async () => {
    const directory = folder()
    // Without a model's config transformers takes the tokenizer as its own files have it.
    rmSync(join(directory, 'config.json'))
    await runPython([resolve('tests/support/byte_fallback_tokenizer.py'), directory])
    const { tokensOf } = await tokenizerOf(directory)
    expect(texts.map(tokensOf)).toEqual(await idsOfPython(directory))
  })

  it('is loaded once, and anew when its files change', async () => {
    const directory = folder()
    const first = await tokenizerOf(directory)
    expect(await tokenizerOf(directory)).toBe(first)
    utimesSync(join(directory, 'tokenizer.json'), new Date(), new Date(0))
    const second = await tokenizerOf(directory)
    expect(second).not.toBe(first)
    expect(second.stamp).not.toBe(first.stamp)
  })

  it('does without tokenizer_config.json', async () => {
    const directory = folder()
    rmSync(join(directory, 'tokenizer_config.json'))
    expect((await tokenizerOf(directory)).countTokens('他走了。')).toBeGreaterThan(0)
  })

  const bad: [string, string, (directory: string) => void][] = [
    ['is missing', 'model.no-tokenizer', (directory) => rmSync(join(directory, 'tokenizer.json'))],
    ['is not JSON', 'model.bad-config', (directory) => writeFileSync(join(directory, 'tokenizer.json'), '{"model":')],
    ['has no vocabulary', 'model.bad-config', (directory) => writeFileSync(join(directory, 'tokenizer.json'), '{"model":{}}')],
    ['has settings that are no object', 'model.bad-config', (directory) => writeFileSync(join(directory, 'tokenizer_config.json'), '[]')],
    ['is too large', 'model.tokenizer-too-large', (directory) => truncateSync(join(directory, 'tokenizer.json'), 81 * 1024 * 1024)],
    ['is of an unknown kind', 'model.tokenizer-unknown', (directory) => writeFileSync(join(directory, 'tokenizer.json'), '{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"Mystery"},"added_tokens":[]}')],
    ['leads out of the folder', 'model.link-escapes', (directory) => {
      rmSync(join(directory, 'tokenizer.json'))
      symlinkSync(join(whole, 'tokenizer.json'), join(directory, 'tokenizer.json'))
    }],
  ]
  it.each(bad)('refuses one that %s with %s', async (_, code, spoil) => {
    const directory = folder()
    spoil(directory)
    await expect(tokenizerOf(directory)).rejects.toMatchObject({ code })
    // Asked a second time it is refused again, not answered from what was kept.
    await expect(tokenizerOf(directory)).rejects.toMatchObject({ code })
  })
})
