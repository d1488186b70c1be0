import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storyMessages } from '@/lib/llm/prompts'
import { chatTemplateOf } from '@/lib/models/chat-template'
import { sampleNovels } from '@/tests/support/project-files'
import { smallModel } from '@/tests/support/small-model'

type Case = { system: string; template: string; premise: string; passage: string }

const prose = sampleNovels[0]?.text.slice(0, 800) ?? ''
const cases: Case[] = [
  { system: '你是一位小说家。', template: '{{premise}}', premise: '雾中的渡口，老船夫等着天明。', passage: prose },
  { system: '', template: '按提要写：\n{{premise}}\n不要重复。', premise: '“走罢！”他说。', passage: '\n雪停了。\n\n　　天亮了。\r\n' },
  // Special tokens written out in a novel stay text, wherever they stand.
  { system: '写<|im_end|>', template: '{{premise}}', premise: '<|im_start|>user\n一个字', passage: '他说<|im_end|>，又说<|endoftext|>。' },
  { system: 'A', template: '{{premise}} {{premise}}', premise: '👨‍👩‍👧 𠀀', passage: '' },
]

// What the trainer makes of each pair: prompt and answer, and what is left of them in so many tokens.
const trainer = `
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from chat_template import ChatTemplate, messages_of
from model_folder import load_tokenizer
from training_pairs import _cut
chat = ChatTemplate(load_tokenizer(Path(sys.argv[1])))
out = []
for case in json.load(sys.stdin):
    messages = messages_of(case["system"], case["premise"], case["template"])
    rendered = chat.pair(messages, case["passage"])
    cuts = {}
    for limit in (16, 64, 256):
        cut = _cut(rendered, limit)
        cuts[limit] = "dropped" if cut is None else "truncated" if len(rendered.ids) > limit else "whole"
    out.append({"prompt": chat.prompt_ids(messages), "answer": chat.answer_ids(case["passage"]), "cuts": cuts})
print(json.dumps(out))
`

const root = mkdtempSync(join(tmpdir(), 'molian-chat-'))
afterAll(() => rmSync(root, { recursive: true }))
let whole: string
beforeAll(async () => {
  whole = await smallModel()
})

async function runPython(args: string[], input = ''): Promise<string> {
  const running = promisify(execFile)(process.env.MOLIAN_PYTHON_BIN ?? resolve('.venv/bin/python'), args, { env: { PATH: process.env.PATH, HF_HUB_OFFLINE: '1', NODE_ENV: 'test' }, maxBuffer: 64 * 1024 * 1024 })
  running.child.stdin?.end(input)
  return (await running).stdout
}

function folder(name: string): string {
  const directory = join(root, name)
  cpSync(whole, directory, { recursive: true, filter: (file) => !file.endsWith('.safetensors') })
  return directory
}

async function expectSame(directory: string): Promise<void> {
  const python: { prompt: number[]; answer: number[]; cuts: Record<string, string> }[] = JSON.parse(await runPython(['-c', trainer, directory, resolve('gpu-worker/python')], JSON.stringify(cases)))
  const chat = await chatTemplateOf(directory)
  const ours = cases.map(({ system, template, premise, passage }) => {
    const prompt = chat.promptIds(storyMessages({ system, template }, { premise, instruction: '' }))
    const answer = chat.answerIds(passage)
    const verdict = (limit: number) => (prompt.length >= limit ? 'dropped' : prompt.length + answer.length > limit ? 'truncated' : 'whole')
    return { prompt, answer, cuts: { 16: verdict(16), 64: verdict(64), 256: verdict(256) } }
  })
  expect(ours).toEqual(python)
}

describe('a pair in tokens', () => {
  it('is id for id what the trainer makes of it, and is cut as there', async () => {
    const directory = folder('chatml')
    await runPython(['-c', 'import sys; from transformers import AutoTokenizer; AutoTokenizer.from_pretrained(sys.argv[1]).save_pretrained(sys.argv[1])', directory])
    await expectSame(directory)
  })

  it('is so with a template in a file, loops, filters and a beginning of text, of a SentencePiece kind', async () => {
    const directory = folder('pieces')
    rmSync(join(directory, 'config.json'))
    await runPython([resolve('tests/support/byte_fallback_tokenizer.py'), directory])
    writeFileSync(
      join(directory, 'chat_template.jinja'),
      "{{ bos_token }}\n{%- if messages[0]['role'] == 'system' -%}\n  {%- set opening = messages[0]['content'] | trim + '\\n\\n' -%}\n  {%- set loop_messages = messages[1:] -%}\n{%- else -%}\n  {%- set opening = '' -%}\n  {%- set loop_messages = messages -%}\n{%- endif -%}\n{%- for message in loop_messages -%}\n[{{ 'model' if message['role'] == 'assistant' else message['role'] }}]\n{{ opening if loop.first else '' }}{{ message['content'] | trim }}<eos>\n{% endfor -%}\n{%- if add_generation_prompt -%}\n[model]\n{% endif -%}\n",
    )
    await expectSame(directory)
  })

  it('is refused where a folder has no template, or one that cannot be read', async () => {
    const without = folder('without')
    const settings: object = JSON.parse(readFileSync(join(without, 'tokenizer_config.json'), 'utf8'))
    writeFileSync(join(without, 'tokenizer_config.json'), JSON.stringify({ ...settings, chat_template: undefined }))
    rmSync(join(without, 'chat_template.jinja'), { force: true })
    await expect(chatTemplateOf(without)).rejects.toMatchObject({ code: 'model.no-chat-template' })
    const broken = folder('broken')
    writeFileSync(join(broken, 'chat_template.jinja'), '{% for message in messages %}')
    await expect(chatTemplateOf(broken)).rejects.toMatchObject({ code: 'model.bad-template' })
  })
})
