import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { env } from '@/lib/env'
import { weightsSha256 } from '@/lib/models/weights'
import { withEngine, type EngineServer } from '@/gpu-worker/engine/with-engine'
import { markedProcesses } from '@/gpu-worker/process/marked'
import { pythonDirectory } from '@/gpu-worker/process/spawn'
import { testAttempt } from '@/tests/support/attempt'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'

useStudio()
let model: string
beforeAll(async () => {
  model = await smallModel()
})

const living = async (jobId: string) => (await markedProcesses()).filter((process) => process.jobId === jobId)
const served = (attempt: ReturnType<typeof testAttempt>) => ({ modelDirectory: model, servedName: 'small', maxModelLength: 8_192, attempt })

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

test('serves a model, reads prompts token for token as the trainer does, and is gone afterwards', async () => {
  const attempt = testAttempt()
  const answers = z.object({ model: z.string(), choices: z.array(z.object({ finish_reason: z.string() })), usage: z.object({ completion_tokens: z.number() }) })
  await withEngine(served(attempt), async (server) => {
    expect(server).toMatchObject({ servedName: 'small', weightsSha256: await weightsSha256(model) })
    const tokenized = await Promise.all(conversations.map((messages) => ask(server, '/tokenize', { messages })))
    expect(tokenized.map((answer) => z.object({ tokens: z.array(z.int()) }).parse(answer).tokens)).toEqual(await trainerTokens())
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, seed) => ask(server, '/v1/chat/completions', { messages: conversations[0], max_tokens: 5, ignore_eos: true, seed })),
    )
    for (const answer of all) expect(answers.parse(answer)).toMatchObject({ model: 'small', usage: { completion_tokens: 5 } })
    expect((await living(attempt.jobId)).length).toBeGreaterThan(0)
  })
  expect(await living(attempt.jobId)).toEqual([])
  expect(attempt.phases[0]).toEqual({ done: 0, total: 0, phase: 'starting-engine' })
  const requests = readFileSync(inHome(artifactPath.engineLog(attempt.jobId)), 'utf8').match(/"POST \/v1\/chat\/completions HTTP\/1\.1" 200/g)
  expect(requests).toHaveLength(12)
})

test('an engine that cannot start says why, in time, and leaves nothing running', async () => {
  const broken = join(env().home, 'broken')
  cpSync(model, broken, { recursive: true })
  writeFileSync(join(broken, 'config.json'), JSON.stringify({ model_type: 'no_such_model', architectures: ['NoSuchModel'] }))
  const attempt = testAttempt()
  const starting = withEngine({ ...served(attempt), modelDirectory: broken }, async () => 'never')
  await expect(starting).rejects.toMatchObject({ code: 'engine.not-ready', params: { reason: expect.stringMatching(/no_such_model|NoSuchModel/) } })
  expect(attempt.lines.length).toBeGreaterThan(3)
  expect(await living(attempt.jobId)).toEqual([])
})

test('stopping while the engine starts ends it', async () => {
  const attempt = testAttempt()
  const starting = withEngine(served(attempt), async () => 'never')
  const rejected = expect(starting).rejects.toThrow('enough')
  await expect.poll(async () => (await living(attempt.jobId)).length, { timeout: 20_000 }).toBeGreaterThan(1)
  attempt.stop(new Error('enough'))
  await rejected
  expect(await living(attempt.jobId)).toEqual([])
})

test('an engine whose worker is killed while it serves does not live on', async () => {
  const jobId = randomUUID()
  const script = `
    import { withEngine } from '@/gpu-worker/engine/with-engine'
    const attempt = { jobId: '${jobId}', projectId: '', subjectId: '', epoch: 1, signal: new AbortController().signal,
      keepRequested: new Promise(() => {}), progress() {}, write: () => Promise.reject(new Error()), log() {} }
    await withEngine({ modelDirectory: '${model}', servedName: 'small', maxModelLength: 512, attempt }, async () => {
      process.stdout.write('serving')
      await new Promise((resolve) => setTimeout(resolve, 600_000))
    })`
  const worker = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: resolve(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] })
  await once(worker.stdout, 'data')
  expect((await living(jobId)).length).toBeGreaterThan(1)
  worker.kill('SIGKILL')
  await expect.poll(() => living(jobId), { timeout: 30_000 }).toEqual([])
})
