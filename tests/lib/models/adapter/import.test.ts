import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '@/bin/doctor/invariants.mjs'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { weightsSha256 } from '@/lib/models/weights'
import { discardImport, importFromArchive, importFromFolder, openImports } from '@/lib/stages/models/adapter-imports'
import { deleteAdapter } from '@/lib/stages/models/deletion'
import { startMerge } from '@/lib/stages/models/merging'
import { adapterParts, type AdapterParts, writeAdapter, writeBaseFolder } from '@/tests/support/adapter-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { safetensors } from '@/tests/support/safetensors'
import { useStudio } from '@/tests/support/studio'
import { temporaryDirectory } from '@/tests/support/temporary-directory'
import { zipArchive, type ZipEntry } from '@/tests/support/zip-archive'

useStudio()
beforeAll(() => {
  process.env.HF_HUB_CACHE = '/nowhere'
  process.env.MODELSCOPE_CACHE = '/nowhere'
})

let base: string
let folder: string
beforeEach(() => {
  const root = temporaryDirectory()
  base = writeBaseFolder(join(root, 'tiny'))
  folder = join(root, '江湖')
})

const bytesOf = async function* (content: Uint8Array) {
  yield content
}

async function imported(parts: AdapterParts, name = '') {
  writeAdapter(folder, parts)
  const made = await importFromFolder({ name, baseModel: base }, folder)
  return { made, job: await runNext() }
}

describe('an adapter made elsewhere', () => {
  it('becomes one of the studio’s: what was looked at, nothing else, with a manifest that vouches for it', async () => {
    const { made, job } = await imported(adapterParts())
    expect(job).toMatchObject({ name: 'import-adapter', state: 'succeeded', projectId: null })
    const row = await db().adapterImport.findUniqueOrThrow({ where: { id: made.id }, include: { adapter: true } })
    expect(row).toMatchObject({ name: '江湖', source: 'folder', origin: folder, described: { method: 'rslora', rank: 2, alpha: 4, modules: ['q_proj', 'v_proj'], namedBase: 'someone/tiny' } })
    const directory = inHome(row.adapter?.directory ?? '')
    expect(readdirSync(directory).sort()).toEqual(['adapter_config.json', 'adapter_model.safetensors', 'manifest.json'])
    const config: unknown = JSON.parse(readFileSync(join(directory, 'adapter_config.json'), 'utf8'))
    expect(config).toMatchObject({ peft_type: 'LORA', r: 2, use_rslora: true, inference_mode: true, base_model_name_or_path: base, target_modules: [0, 1].flatMap((layer) => ['q_proj', 'v_proj'].map((module) => `model.layers.${layer}.self_attn.${module}`)) })
    expect(JSON.stringify(config)).not.toMatch(/auto_mapping|parent_library|loftq/)
    expect(JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))).toMatchObject({ kind: 'adapter', base_weights_sha256: await weightsSha256(base), files: [{ name: 'adapter_config.json' }, { name: 'adapter_model.safetensors' }] })
    expect(await openImports()).toEqual([])

    const merged = await startMerge(row.adapter?.id ?? '')
    expect(merged).toMatchObject({ kind: 'merged', name: '江湖', directory: artifactPath.mergedModel(row.adapter?.id ?? '') })
    expect(await db().job.findUnique({ where: { id: merged.jobId ?? '' } })).toMatchObject({ name: 'merge-adapter', lane: 'gpu', projectId: null, subjectId: row.adapter?.id })
    await db().job.delete({ where: { id: merged.jobId ?? '' } })
    expect(await brokenInvariants(env().databaseUrl)).toEqual([])
    await deleteAdapter(row.adapter?.id ?? '')
    expect(existsSync(directory)).toBe(false)
    expect(await db().adapterImport.count({ where: { id: made.id } })).toBe(0)
  })

  it('may be DoRA, of several ranks, over an embedding, and carry a module that was trained whole', async () => {
    const { config, shapes } = adapterParts({ use_rslora: false, use_dora: true, target_modules: 'all-linear', modules_to_save: ['norm'], rank_pattern: { v_proj: 4 } })
    for (const name of Object.keys(shapes)) {
      if (name.includes('v_proj')) shapes[name] = name.includes('lora_A') ? [4, 8] : [4, 4]
      if (name.endsWith('lora_B.weight')) shapes[name.replace('lora_B.weight', 'lora_magnitude_vector')] = [name.includes('v_proj') ? 4 : 8]
    }
    shapes['base_model.model.model.norm.weight'] = [8]
    const { made, job } = await imported({ config, shapes }, '试')
    expect(job.errorText).toBeNull()
    const directory = inHome(artifactPath.importedAdapter(made.id))
    expect(JSON.parse(readFileSync(join(directory, 'adapter_config.json'), 'utf8'))).toMatchObject({ use_dora: true, modules_to_save: ['norm'], rank_pattern: { 'model.layers.0.self_attn.v_proj': 4, 'model.layers.1.self_attn.v_proj': 4 } })
  })

  const shaped = (change: (shapes: Record<string, number[]>) => void): AdapterParts => {
    const parts = adapterParts()
    change(parts.shapes)
    return parts
  }
  const q0 = 'base_model.model.model.layers.0.self_attn.q_proj'
  it.each<[string, AdapterParts]>([
    ['adapter.other-base', shaped((shapes) => (shapes[`${q0}.lora_A.weight`] = [2, 16]))],
    ['adapter.other-base', shaped((shapes) => (shapes[`${q0}.lora_B.weight`] = [16, 2]))],
    ['adapter.other-base', shaped((shapes) => Object.assign(shapes, { 'base_model.model.model.layers.7.self_attn.q_proj.lora_A.weight': [2, 8], 'base_model.model.model.layers.7.self_attn.q_proj.lora_B.weight': [8, 2] }))],
    ['adapter.other-base', { ...adapterParts({ modules_to_save: ['norm'] }), shapes: { ...adapterParts().shapes, 'base_model.model.model.norm.weight': [9] } }],
    ['adapter.other-rank', adapterParts({ r: 8 })],
    ['adapter.other-module', adapterParts({ target_modules: ['q_proj'] })],
    ['adapter.damaged', shaped((shapes) => delete shapes[`${q0}.lora_B.weight`])],
    ['adapter.damaged', shaped((shapes) => (shapes[`${q0}.lora_A.weight`] = [3, 8]))],
    ['adapter.damaged', adapterParts({ use_dora: true })],
    ['adapter.unknown-tensor', shaped((shapes) => (shapes['base_model.model.model.norm.weight'] = [8]))],
    ['adapter.empty', { ...adapterParts({ modules_to_save: ['norm'] }), shapes: { 'base_model.model.model.norm.weight': [8] } }],
    ['adapter.not-lora', adapterParts({ peft_type: 'PREFIX_TUNING' })],
    ['adapter.feature', adapterParts({ task_type: 'SEQ_CLS' })],
    ['adapter.feature', adapterParts({ bias: 'all' })],
    ['adapter.feature', adapterParts({ layer_replication: [[0, 2]] })],
    ['adapter.feature', adapterParts({ trainable_token_indices: [1] })],
    ['adapter.bad-config', adapterParts({ r: 0 })],
    ['adapter.bad-config', adapterParts({ r: '8' })],
    ['adapter.bad-config', adapterParts({ lora_alpha: null })],
    ['adapter.bad-config', adapterParts({ alpha_pattern: { '(a+)+$': 4 } })],
    ['adapter.bad-config', { ...adapterParts(), config: [] }],
  ])('is refused with %s', async (code, parts) => {
    const { made, job } = await imported(parts)
    expect(job).toMatchObject({ state: 'failed', errorCode: code })
    expect(existsSync(inHome(artifactPath.importedAdapter(made.id)))).toBe(false)
    expect(readdirSync(dirname(inHome(artifactPath.importedAdapter(made.id)))).filter((name) => name.startsWith(made.id))).toEqual([])
    expect(await openImports()).toHaveLength(1)
    await discardImport(made.id)
    expect(await openImports()).toEqual([])
  })

  it('is refused with the module, and what it wants and the base has', async () => {
    base = writeBaseFolder(join(dirname(base), 'wide'), 16)
    const { job } = await imported(adapterParts())
    expect(job).toMatchObject({ errorCode: 'adapter.other-base', errorParams: { base: 'wide', module: 'model.layers.0.self_attn.q_proj', wants: '8 × 8', has: '16 × 16' } })
    await discardImport((await openImports())[0]?.id ?? '')
  })

  it.each<[string, (folder: string) => void]>([
    ['model.no-folder', (at) => rmSync(at, { recursive: true })],
    ['adapter.no-file', (at) => rmSync(join(at, 'adapter_config.json'))],
    ['adapter.no-file', (at) => rmSync(join(at, 'adapter_model.safetensors'))],
    ['adapter.pickled', (at) => renameSync(join(at, 'adapter_model.safetensors'), join(at, 'adapter_model.bin'))],
    ['adapter.damaged', (at) => writeFileSync(join(at, 'adapter_model.safetensors'), 'short')],
    ['adapter.bad-config', (at) => writeFileSync(join(at, 'adapter_config.json'), '{"peft_type":')],
    ['adapter.bad-config', (at) => writeFileSync(join(at, 'adapter_config.json'), Buffer.alloc(2 * 1024 * 1024, ' '))],
    ['model.link-escapes', (at) => {
      rmSync(join(at, 'adapter_config.json'))
      symlinkSync('/etc/hostname', join(at, 'adapter_config.json'))
    }],
  ])('of a folder is refused with %s', async (code, change) => {
    writeAdapter(folder, adapterParts())
    change(folder)
    const made = await importFromFolder({ baseModel: base }, folder)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: code })
    await discardImport(made.id)
  })

  it('must be named by a whole path, and its base must be usable', async () => {
    await expect(importFromFolder({ baseModel: base }, 'adapters/x')).rejects.toMatchObject({ code: 'model.folder-relative' })
    await expect(importFromFolder({ baseModel: '/nowhere' }, folder)).rejects.toMatchObject({ code: 'model.no-folder' })
  })
})

describe('an adapter in an archive', () => {
  const files = (parts: AdapterParts, at = '江湖/'): ZipEntry[] => [
    { name: `${at}adapter_model.safetensors`, data: safetensors(parts.shapes) },
    { name: `${at}adapter_config.json`, data: JSON.stringify(parts.config) },
  ]

  it.each(['', '江湖/'])('is taken out of a zip at %j, whatever else lies there', async (at) => {
    const archive = zipArchive([{ name: '../../escape', data: 'x' }, { name: 'evil.py', data: 'import os' }, ...files(adapterParts(), at)])
    const made = await importFromArchive({ baseModel: base }, '../../etc/江湖.zip', bytesOf(archive))
    expect(made).toMatchObject({ source: 'archive' })
    await runNextWell()
    expect(readdirSync(inHome(artifactPath.importedAdapter(made.id))).sort()).toEqual(['adapter_config.json', 'adapter_model.safetensors', 'manifest.json'])
    expect(existsSync(inHome(artifactPath.adapterArchive(made.id)))).toBe(false)
    expect(existsSync(join(env().home, 'escape'))).toBe(false)
  })

  it('is taken out of a tar', async () => {
    writeAdapter(folder, adapterParts())
    const archive = join(dirname(folder), 'a.tar')
    execFileSync('tar', ['-cf', archive, '-C', dirname(folder), basename(folder)])
    await importFromArchive({ name: '潮', baseModel: base }, 'a.tar', bytesOf(readFileSync(archive)))
    await runNextWell()
    expect(await db().adapterImport.findFirst({ where: { name: '潮' } })).toMatchObject({ origin: 'a.tar' })
  })

  it.each<[string, () => Uint8Array]>([
    ['adapter.several', () => zipArchive([...files(adapterParts(), 'a/'), ...files(adapterParts(), 'b/')])],
    ['adapter.no-file', () => zipArchive([{ name: 'adapter_config.json', data: '{}' }])],
    ['adapter.pickled', () => zipArchive([{ name: 'adapter_config.json', data: '{}' }, { name: 'adapter_model.bin', data: 'pickle' }])],
    ['adapter.no-file', () => zipArchive(files(adapterParts()).map((entry) => ({ ...entry, mode: 0o120777 })))],
    ['entry.damaged', () => zipArchive(files(adapterParts()).map((entry) => ({ ...entry, claims: { crc: 7 } })))],
    ['upload.archive-broken', () => Buffer.from('not an archive at all')],
    ['upload.archive-broken', () => Buffer.from('PK\x03\x04 and then nothing')],
    ['upload.archive-ratio', () => zipArchive([{ name: 'adapter_model.safetensors', data: Buffer.alloc(20 * 1024 * 1024) }, { name: 'adapter_config.json', data: '{}' }])],
  ])('is refused with %s', async (code, archive) => {
    const made = await importFromArchive({ baseModel: base }, 'a.zip', bytesOf(archive()))
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: code })
    await discardImport(made.id)
    expect(existsSync(inHome(artifactPath.adapterArchive(made.id)))).toBe(false)
  })

  it('is not received empty, too large or half', async () => {
    const broken = async function* () {
      yield Buffer.from('PK')
      throw new Error('gone')
    }
    await expect(importFromArchive({ baseModel: base }, 'a.zip', bytesOf(new Uint8Array(0)))).rejects.toMatchObject({ code: 'upload.empty' })
    await expect(importFromArchive({ baseModel: base }, 'a.zip', broken())).rejects.toMatchObject({ code: 'upload.interrupted' })
    expect(readdirSync(dirname(inHome(artifactPath.adapterArchive('x')))).filter((name) => name.endsWith('.zip'))).toEqual([])
    expect(await openImports()).toEqual([])
  })
})
