import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, it, vi } from 'vitest'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { hubModel } from '@/lib/models/hub/hubs'
import { listHubs, saveHub } from '@/lib/models/hub/access'
import { cancelJob } from '@/lib/stages/jobs'
import { listModels, modelDirectory, resolveModel } from '@/lib/stages/models'
import { discardDownload, openDownloads, startDownload } from '@/lib/stages/models/downloads'
import { type HubFile, type HubServer, startHubServer } from '@/tests/support/hub-server'
import { readJob } from '@/tests/support/jobs'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { safetensors } from '@/tests/support/safetensors'
import { useStudio } from '@/tests/support/studio'

useStudio()

const small = (path: string, content: string): HubFile => ({ path, content: Buffer.from(content) })
const shard = (at: number): HubFile => ({ path: `model-0000${at}-of-00002.safetensors`, content: safetensors({ [`layer.${at}`]: [64, 64 + at] }, at), lfs: true })
const index = JSON.stringify({ weight_map: { 'layer.1': 'model-00001-of-00002.safetensors', 'layer.2': 'model-00002-of-00002.safetensors' } })

function files(changes: Record<string, string | null> = {}): HubFile[] {
  const texts: Record<string, string | null> = {
    'config.json': '{"model_type":"qwen2","max_position_embeddings":4096}',
    'tokenizer.json': '{}',
    'tokenizer_config.json': '{"chat_template":"{{ messages }}"}',
    'model.safetensors.index.json': index,
    'README.md': '---\nlicense: apache-2.0\n---\n',
    LICENSE: 'Apache License',
    'modeling_qwen.py': 'import os',
    'pytorch_model.bin': 'pickle',
    'consolidated.safetensors': 'the same once more',
    ...changes,
  }
  return [...Object.entries(texts).flatMap(([path, content]) => (content === null ? [] : [small(path, content)])), shard(1), shard(2)]
}

async function published(repository: string, hub: 'huggingface' | 'modelscope' = 'huggingface', changes: Record<string, string | null> = {}, token = ''): Promise<HubServer> {
  const server = await startHubServer()
  server.publish(repository, files(changes))
  await saveHub({ hub, baseUrl: server.url, token })
  return server
}

const wanted = ['LICENSE', 'README.md', 'config.json', 'model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors', 'model.safetensors.index.json', 'tokenizer.json', 'tokenizer_config.json']
const partOf = (id: string) => inHome(artifactPath.downloadPart(id))

/** Waits until so many bytes of the second shard are on the disk. */
async function partHolds(downloadId: string, bytes: number): Promise<void> {
  const part = join(partOf(downloadId), `${shard(2).path}.part`)
  await vi.waitUntil(() => existsSync(part) && statSync(part).size === bytes, { interval: 20, timeout: 10_000 })
}

it.each(['huggingface', 'modelscope'] as const)('brings safetensors, tokenizer and configuration from %s and nothing else, as a model of its name', async (hub) => {
  const repository = `Qwen/Tiny-${hub}`
  const server = await published(repository, hub)
  const download = await startDownload(hubModel(hub, repository))
  expect((await startDownload(hubModel(hub, repository))).id).toBe(download.id)
  const job = await runNextWell()
  expect(job).toMatchObject({ name: 'download-model', projectId: null })
  const model = await resolveModel(repository)
  expect(model).toMatchObject({ name: repository, family: 'qwen2', licence: 'apache-2.0', parameters: 64n * 65n + 64n * 66n })
  expect(readdirSync(modelDirectory(model)).sort()).toEqual(wanted)
  expect(model.directory).toMatch(new RegExp(`^models/${hub}/Qwen--Tiny-${hub}@[0-9a-f]{12}$`))
  expect(existsSync(partOf(download.id))).toBe(false)
  expect(await openDownloads()).toEqual([])
  expect(server.log.some(({ path }) => /modeling|pytorch|consolidated/.test(path))).toBe(false)
  // Fetched once more, nothing is.
  const before = server.log.length
  await startDownload(hubModel(hub, repository))
  await runNextWell()
  expect(server.log.slice(before).every(({ path }) => path.startsWith('/api/') && !path.includes('FilePath'))).toBe(true)
  expect((await listModels()).filter(({ name }) => name === repository)).toHaveLength(1)
})

it('goes on after a broken line from where it broke, by a range', async () => {
  const server = await published('Qwen/Broken')
  const { id } = await startDownload(hubModel('huggingface', 'Qwen/Broken'))
  server.fault(shard(2).path, { still: { after: 5_000, until: partHolds(id, 5_000), ending: 'break' } })
  await runNextWell()
  const asked = server.log.filter(({ path }) => path.startsWith('/stored/') && path.endsWith('00002-of-00002.safetensors'))
  expect(asked.map(({ range }) => range)).toEqual([null, 'bytes=5000-'])
  const directory = modelDirectory(await resolveModel('Qwen/Broken'))
  expect(readFileSync(join(directory, shard(2).path)).equals(shard(2).content)).toBe(true)
})

it('begins a file anew where the server knows no ranges', async () => {
  const server = await published('Qwen/Rangeless')
  const file = shard(2).path
  const { id } = await startDownload(hubModel('huggingface', 'Qwen/Rangeless'))
  server.fault(file, { still: { after: 5_000, until: partHolds(id, 5_000), ending: 'break' } }, { ignoreRange: true })
  await runNextWell()
  expect(server.log.findLast(({ path }) => path.endsWith(file))).toMatchObject({ range: 'bytes=5000-' })
  const directory = modelDirectory(await resolveModel('Qwen/Rangeless'))
  expect(readFileSync(join(directory, file)).equals(shard(2).content)).toBe(true)
})

it('is cancelled in the middle, keeps what came, and goes on with it', async () => {
  const server = await published('Qwen/Long')
  let release = () => {}
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  server.fault(shard(2).path, { still: { after: 6_000, until, ending: 'goes on' } })
  const download = await startDownload(hubModel('huggingface', 'Qwen/Long'))
  const running = runNext()
  await partHolds(download.id, 6_000)
  await expect(discardDownload(download.id)).rejects.toMatchObject({ code: 'download.running' })
  await cancelJob(download.jobId)
  expect(await running).toMatchObject({ state: 'cancelled' })
  release()
  await partHolds(download.id, 6_000)
  expect(await openDownloads()).toMatchObject([{ id: download.id, job: { state: 'cancelled' } }])

  const before = server.log.length
  expect((await startDownload(hubModel('huggingface', 'Qwen/Long'))).id).toBe(download.id)
  await runNextWell()
  const asked = server.log.slice(before)
  expect(asked.filter(({ path }) => path.startsWith('/stored/')).map(({ range }) => range)).toEqual(['bytes=6000-'])
  expect(asked.some(({ path }) => path.startsWith('/api/'))).toBe(false)
})

it('throws bytes away that are not those the hub vouches for, of weights and of small files', async () => {
  for (const file of [shard(1).path, 'config.json']) {
    const repository = `Qwen/Flipped-${file.length}`
    const server = await published(repository)
    server.fault(file, { flip: true })
    const download = await startDownload(hubModel('huggingface', repository))
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'hub.other-bytes', errorParams: { file } })
    expect(readdirSync(partOf(download.id)).filter((name) => name.startsWith(file))).toEqual([])
    expect((await listModels()).some(({ name }) => name === repository)).toBe(false)
    await discardDownload(download.id)
    expect(existsSync(partOf(download.id))).toBe(false)
    expect(await db().modelDownload.findUnique({ where: { id: download.id } })).toBeNull()
  }
})

it('goes by the hash that comes with the bytes where the listing has none', async () => {
  const server = await published('Qwen/Bare')
  server.hideHashes()
  server.fault(shard(1).path, { flip: true })
  await startDownload(hubModel('huggingface', 'Qwen/Bare'))
  expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'hub.other-bytes' })
  await startDownload(hubModel('huggingface', 'Qwen/Bare'))
  await runNextWell()
})

it.each<[string, Record<string, string | null>]>([
  ['hub.no-config', { 'config.json': null }],
  ['model.own-code', { 'config.json': '{"model_type":"x","auto_map":{"AutoModel":"modeling_x.Model"}}' }],
  ['model.own-code', { 'tokenizer_config.json': '{"auto_map":{}}' }],
  ['model.no-tokenizer', { 'tokenizer.json': null }],
  ['model.missing-shard', { 'model.safetensors.index.json': '{"weight_map":{"a":"model-00003-of-00003.safetensors"}}' }],
])('is refused with %s', async (code, changes) => {
  const repository = `Qwen/Bad-${Math.abs(JSON.stringify(changes).length)}-${code.split('.')[1]}`
  const server = await published(repository, 'huggingface', changes)
  await startDownload(hubModel('huggingface', repository))
  expect(await runNext()).toMatchObject({ state: 'failed', errorCode: code })
  // Code is found out before the weights are fetched.
  if (code === 'model.own-code') expect(server.log.some(({ path }) => path.endsWith('.safetensors'))).toBe(false)
  expect((await listModels()).some(({ name }) => name === repository)).toBe(false)
})

it('refuses weights that are only pickled', async () => {
  const server = await startHubServer()
  server.publish('Qwen/Pickled', [small('config.json', '{}'), small('pytorch_model.bin', 'pickle')])
  await saveHub({ hub: 'huggingface', baseUrl: server.url })
  await startDownload(hubModel('huggingface', 'Qwen/Pickled'))
  expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'hub.no-safetensors' })
})

it('says which model or file a hub does not have, refuses or fails to give', async () => {
  const server = await published('Qwen/There')
  for (const hub of ['huggingface', 'modelscope'] as const) {
    await saveHub({ hub, baseUrl: server.url })
    await startDownload(hubModel(hub, 'Qwen/Nowhere'))
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'hub.no-model', errorParams: { what: 'Qwen/Nowhere' } })
  }
  server.fault('config.json', { status: 403 })
  await startDownload(hubModel('huggingface', 'Qwen/There'))
  const refused = await runNext()
  expect(refused).toMatchObject({ state: 'failed', errorCode: 'hub.refused', errorParams: { status: 403 } })
  expect(refused.errorText).toContain('access token')
})

it('says that no hub is reached, and what to do', async () => {
  await saveHub({ hub: 'huggingface', baseUrl: 'http://127.0.0.1:9' })
  const { jobId } = await startDownload(hubModel('huggingface', 'Qwen/Away'))
  await runNext()
  const job = await readJob(jobId)
  expect(job).toMatchObject({ state: 'failed', errorCode: 'hub.unreachable', errorParams: { url: 'http://127.0.0.1:9' } })
  expect(job.errorText).toContain('mirror')
})

it('sends the token to the hub alone, and keeps it sealed', async () => {
  const token = 'hf_secret_0123456789'
  const server = await published('Qwen/Gated', 'huggingface', {}, token)
  await startDownload(hubModel('huggingface', 'Qwen/Gated'))
  const job = await runNextWell()
  expect(server.log.filter(({ onOtherHost }) => !onOtherHost).every((asked) => asked.token === token)).toBe(true)
  expect(server.log.filter(({ onOtherHost }) => onOtherHost).map((asked) => asked.token)).toEqual([null, null])
  const shown = await listHubs()
  expect(shown[0]).toMatchObject({ hub: 'huggingface', hasToken: true, tokenLastFour: '6789', isOwnAddress: false })
  const lines = await db().logLine.findMany({ where: { jobId: job.id } })
  expect(inspect([shown, job, lines, await db().modelDownload.findMany()], { depth: 8 })).not.toContain('secret')
  // Another address is not given the token that was entered for this one.
  await saveHub({ hub: 'huggingface', baseUrl: 'http://127.0.0.1:9' })
  expect((await listHubs())[0]).toMatchObject({ hasToken: false, tokenLastFour: null })
  await expect(saveHub({ hub: 'huggingface', baseUrl: 'file:///etc' })).rejects.toMatchObject({ code: 'endpoint.bad-url' })
  await expect(saveHub({ hub: 'huggingface', baseUrl: 'http://169.254.169.254' })).rejects.toMatchObject({ code: 'endpoint.bad-url' })
  await expect(saveHub({ hub: 'huggingface', baseUrl: '', token: 'a b' })).rejects.toMatchObject({ code: 'endpoint.bad-key' })
})
