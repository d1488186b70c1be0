import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { askerFor } from '@/lib/llm/ask'
import { continuedMessages } from '@/lib/llm/prompts'
import { folderPrint } from '@/lib/models/folder-print'
import { weightsSha256 } from '@/lib/models/weights'
import { requestEngineStop } from '@/lib/stages/engine/engine-row'
import { warmEngine } from '@/gpu-worker/engine/warm-engine'
import { withEngine, type EngineServer } from '@/gpu-worker/engine/with-engine'
import { owner } from '@/gpu-worker/owner'
import { markedProcesses, sendSignal } from '@/gpu-worker/process/marked'
import { pythonDirectory } from '@/gpu-worker/process/spawn'
import { smallAdapter } from '@/tests/support/small-adapter'
import { testAttempt } from '@/tests/support/attempt'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'

useStudio()
let model: string
beforeAll(async () => {
  model = await smallModel()
})
afterAll(() => warmEngine.stop())

/** Processes of engines that this test file, or a worker of this name, has started. */
const living = async (of = owner) => (await markedProcesses()).filter((process) => process.owner === of)
const theRow = () => db().engine.findFirstOrThrow()
const served = (attempt: ReturnType<typeof testAttempt>, more: { maxModelLength?: number } = {}) => ({ modelDirectory: model, servedName: 'small', maxModelLength: 512, attempt, ...more })

const conversations = [
  [{ role: 'user', content: '江上有雪。' }],
  [{ role: 'system', content: '你是一位小说家。' }, { role: 'user', content: '第7日，“船”开了么？\n\nThe night train — 夜车。' }],
]

async function ask(server: EngineServer, path: string, body: Record<string, unknown>): Promise<unknown> {
  const response = await fetch(new URL(path, server.baseUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: server.servedName, ...body }),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

/** Token ids of the prompts as the trainer makes them. */
async function trainerTokens(): Promise<unknown> {
  const program = `
import json, sys
from chat_template import ChatTemplate
from model_folder import load_tokenizer
from pathlib import Path
chat = ChatTemplate(load_tokenizer(Path(sys.argv[1])))
print(json.dumps([chat.prompt_ids(messages) for messages in json.loads(sys.argv[2])]))`
  const { stdout } = await promisify(execFile)(env().python, ['-c', program, model, JSON.stringify(conversations)], { cwd: pythonDirectory })
  return JSON.parse(stdout)
}

const answer = z.object({ model: z.string(), choices: z.array(z.object({ text: z.string() })), usage: z.object({ completion_tokens: z.number() }) })

async function greedy(server: EngineServer, name: string): Promise<string> {
  const given = answer.parse(await ask(server, '/v1/completions', { model: name, prompt: '江上有雪，', max_tokens: 12, temperature: 0, ignore_eos: true }))
  expect(given.model).toBe(name)
  return given.choices[0]?.text ?? ''
}

/** A story that was cut off is read as the beginning of the model's own turn, which nothing closes. */
async function goesOnWithItsOwnTurn(server: EngineServer): Promise<void> {
  const story = '他推开门，灯还亮着，桌上'
  const messages = continuedMessages({ system: '', template: '{{premise}}' }, { premise: '江上有雪。', instruction: '' }, story, true)
  const tokensOf = async (asked: Record<string, unknown>) => z.object({ tokens: z.array(z.int()) }).parse(await ask(server, '/tokenize', asked)).tokens
  const [open, alone] = await Promise.all([tokensOf({ messages, continue_final_message: true, add_generation_prompt: false }), tokensOf({ prompt: story, add_special_tokens: false })])
  expect(open.slice(-alone.length)).toEqual(alone)
  const sampling = { temperature: 0, topP: 1, topK: 0, repetitionPenalty: 1, maxTokens: 5, seed: 1 }
  const go = askerFor({ baseUrl: server.baseUrl, key: null, model: server.servedName }, { timeoutMs: 120_000, retries: 0 })
  const goneOn = await go({ ...sampling, prompt: { style: 'chat', messages, goesOn: true } }, server.signal)
  expect(goneOn).toMatchObject({ promptTokens: open.length, servedModel: 'small' })
  expect(goneOn.text.startsWith(story)).toBe(false)
}

describe('an engine that several jobs use', () => {
  test('serves a model and reads prompts token for token as the trainer does', async () => {
    const attempt = testAttempt()
    await withEngine(served(attempt), async (server) => {
      expect(server).toMatchObject({ servedName: 'small', weightsSha256: await weightsSha256(model) })
      const tokenized = await Promise.all(conversations.map((messages) => ask(server, '/tokenize', { messages })))
      expect(tokenized.map((told) => z.object({ tokens: z.array(z.int()) }).parse(told).tokens)).toEqual(await trainerTokens())
      const chat = z.object({ model: z.literal('small'), usage: z.object({ completion_tokens: z.literal(5) }) })
      const all = await Promise.all(Array.from({ length: 12 }, (_, seed) => ask(server, '/v1/chat/completions', { messages: conversations[0], max_tokens: 5, ignore_eos: true, seed })))
      for (const each of all) chat.parse(each)
      await goesOnWithItsOwnTurn(server)
    })
    expect(attempt.phases[0]).toEqual({ done: 0, total: 0, phase: 'starting-engine' })
    const log = readFileSync(inHome(artifactPath.engineLog((await theRow()).runId)), 'utf8')
    expect(log.match(/"POST \/v1\/chat\/completions HTTP\/1\.1" 200/g)).toHaveLength(13)
    expect(log).not.toContain('GET /health')
  })

  test('stays for the next job, and for two at once; the studio sees it wait and then be used', async () => {
    const before = await theRow()
    await expect.poll(theRow).toMatchObject({ state: 'ready', servedName: 'small', idleUntil: expect.any(Date) })
    // It was started with a longer context than the first job asked for, so that one that needs more finds it long enough.
    expect(before.context).toBe(2048)
    const bothHere = Promise.all([testAttempt(), testAttempt()].map((attempt) => withEngine(served(attempt, { maxModelLength: 2048 }), async (server) => {
      await greedy(server, 'small')
      await expect.poll(theRow).toMatchObject({ idleUntil: null })
      return server.baseUrl
    })))
    const [one, other] = await bothHere
    expect(one).toBe(other)
    expect(await theRow()).toMatchObject({ runId: before.runId, startedAt: before.startedAt })
  })

  test('is not ended by a job’s end or a person’s wish while another job uses it, and is when none does', async () => {
    await withEngine(served(testAttempt()), async (server) => {
      const cancelled = testAttempt()
      const rejected = expect(withEngine(served(cancelled), (inner) => new Promise((_, reject) => inner.signal.addEventListener('abort', () => reject(inner.signal.reason))))).rejects.toThrow('enough')
      cancelled.stop(new Error('enough'))
      await rejected
      await requestEngineStop((await theRow()).device)
      await warmEngine.hearRequests()
      await greedy(server, 'small')
      await expect.poll(theRow).toMatchObject({ state: 'ready', stopRequested: false })
    })
    await requestEngineStop((await theRow()).device)
    await warmEngine.hearRequests()
    expect(await living()).toEqual([])
    expect(await theRow()).toMatchObject({ state: 'stopped', endedAt: expect.any(Date), idleUntil: null })
  })
})

describe('adapters while it runs', () => {
  test('are loaded once each, answer under names of their own, and give way to nothing but the device itself', async () => {
    const one = smallAdapter(model, join(env().home, 'adapter-1'), 1)
    const other = smallAdapter(model, join(env().home, 'adapter-2'), 2)
    const adapters = [{ name: '夜航', directory: one }, { name: '夜航', directory: other }]
    await withEngine({ ...served(testAttempt()), adapters }, async (server) => {
      const names = await Promise.all([...adapters, ...adapters].map(server.adapter))
      expect(names).toEqual(['夜航', '夜航 (2)', '夜航', '夜航 (2)'])
      const texts = await Promise.all(['small', '夜航', '夜航 (2)'].map((name) => greedy(server, name)))
      expect(new Set(texts).size).toBe(3)
      await expect.poll(theRow).toMatchObject({ adapters: ['夜航', '夜航 (2)'], adapterRank: 8 })
      const lost = join(env().home, 'adapter-3')
      cpSync(one, lost, { recursive: true })
      rmSync(join(lost, 'adapter_model.safetensors'))
      await expect(server.adapter({ name: '丢失', directory: lost })).rejects.toMatchObject({ code: 'adapter.not-served', params: { name: '丢失' } })
    })
    // One without adapters is served by the same engine.
    const { runId } = await theRow()
    await withEngine(served(testAttempt()), (server) => greedy(server, 'small'))
    expect((await theRow()).runId).toBe(runId)
  })

  test('that the engine cannot take are refused before one is started, with the reason', async () => {
    const adapter = smallAdapter(model, join(env().home, 'adapter-dora'), 3)
    const file = join(adapter, 'adapter_config.json')
    const config = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')))
    const { startedAt } = await theRow()
    for (const [change, reason] of [[{ use_dora: true }, /DoRA/], [{ modules_to_save: ['lm_head'] }, /modules_to_save: lm_head/], [{ r: 600 }, /600/]] as const) {
      writeFileSync(file, JSON.stringify({ ...config, ...change }))
      await expect(withEngine({ ...served(testAttempt()), adapters: [{ name: '旧作', directory: adapter }] }, async () => 'never')).rejects.toMatchObject({ code: 'adapter.not-served', params: { name: '旧作', reason: expect.stringMatching(reason) } })
    }
    expect((await theRow()).startedAt).toEqual(startedAt)
  })
})

describe('an engine that breaks down', () => {
  test('rejects its users with what happened, is started anew for the next after a pause, and the studio knows', async () => {
    const attempt = testAttempt()
    const use = withEngine(served(attempt), async (server) => {
      for (const { pid } of await living()) sendSignal(pid, 'SIGTERM')
      await new Promise((resolve) => server.signal.addEventListener('abort', resolve, { once: true }))
      return 'never'
    })
    await expect(use).rejects.toMatchObject({ code: 'engine.died' })
    await expect.poll(theRow).toMatchObject({ state: 'failed', errorCode: 'engine.died', deaths: 1, retryAt: expect.any(Date) })
    const { runId } = await theRow()
    const next = testAttempt()
    await withEngine(served(next), (server) => greedy(server, 'small'))
    expect(next.lines.join()).toContain('started again')
    expect((await theRow()).runId).not.toBe(runId)
  })

  test('when it cannot start says why, in time, and leaves nothing running', async () => {
    const broken = join(env().home, 'broken')
    cpSync(model, broken, { recursive: true })
    writeFileSync(join(broken, 'config.json'), JSON.stringify({ model_type: 'no_such_model', architectures: ['NoSuchModel'] }))
    const attempt = testAttempt()
    const starting = withEngine({ ...served(attempt), modelDirectory: broken }, async () => 'never')
    await expect(starting).rejects.toMatchObject({ code: 'engine.not-ready', params: { reason: expect.stringMatching(/no_such_model|NoSuchModel/) } })
    expect(attempt.lines.length).toBeGreaterThan(3)
    expect(await living()).toEqual([])
    expect(await theRow()).toMatchObject({ state: 'failed', errorCode: 'engine.not-ready' })
  })
})

test('stopping while the engine starts ends it', async () => {
  const attempt = testAttempt()
  const starting = withEngine(served(attempt), async () => 'never')
  const rejected = expect(starting).rejects.toThrow('enough')
  await expect.poll(async () => (await living()).length, { timeout: 20_000 }).toBeGreaterThan(1)
  attempt.stop(new Error('enough'))
  await rejected
  expect(await living()).toEqual([])
})

test('an engine whose worker is killed does not live on, warm or used', async () => {
  const script = `
    import { withEngine } from '@/gpu-worker/engine/with-engine'
    import { owner } from '@/gpu-worker/owner'
    const attempt = { jobId: '', projectId: '', subjectId: '', epoch: 1, signal: new AbortController().signal,
      keepRequested: new Promise(() => {}), progress() {}, write: () => Promise.reject(new Error()), log() {} }
    await withEngine({ modelDirectory: '${model}', servedName: 'small', maxModelLength: 512, attempt }, async () => {})
    process.stdout.write(owner)
    await new Promise((resolve) => setTimeout(resolve, 600_000))`
  const worker = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: resolve(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = z.tuple([z.instanceof(Buffer)]).parse(await once(worker.stdout, 'data'))
  const itsOwner = said.toString('utf8')
  expect((await living(itsOwner)).length).toBeGreaterThan(1)
  worker.kill('SIGKILL')
  await expect.poll(() => living(itsOwner), { timeout: 30_000 }).toEqual([])
})

test('a model whose folder was changed is not taken for the one that is served', async () => {
  // What is compared is the print of the folder.
  const copy = join(env().home, 'changed')
  cpSync(model, copy, { recursive: true })
  const before = await folderPrint(copy)
  utimesSync(join(copy, 'tokenizer_config.json'), new Date(), new Date(Date.now() + 60_000))
  expect(await folderPrint(copy)).not.toBe(before)
})
