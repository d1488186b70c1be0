import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { artifactPath, inHome } from '@/lib/artifacts'
import { hubVariables } from '@/lib/env'
import { searchPlaces } from '@/lib/models/search-places'
import { modelDirectory, resolveModel } from '@/lib/stages/models'
import { addSearchFolder, foundFolders, foundModels, removeSearchFolder } from '@/lib/stages/models/found'
import { writeModelFolder } from '@/tests/support/model-folder'
import { useStudio } from '@/tests/support/studio'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

useStudio()
// What lies in the caches of whoever runs the tests is none of theirs.
beforeAll(() => {
  process.env.HF_HUB_CACHE = '/nowhere'
  process.env.MODELSCOPE_CACHE = '/nowhere'
})

async function inFolder(): Promise<string> {
  const folder = temporaryDirectory()
  await addSearchFolder(folder)
  onTestFinished(async () => {
    for (const { id } of await searchPlaces()) if (id !== null) await removeSearchFolder(id)
  })
  return folder
}

const names = async () => (await foundModels()).map(({ name }) => name)

describe('folders that a person names', () => {
  it('are looked into three levels deep, or are models themselves; each model is found once', async () => {
    const folder = await inFolder()
    for (const path of ['one', 'Qwen/two', 'a/b/three', 'a/b/c/four', '.hidden/five']) writeModelFolder(join(folder, path))
    symlinkSync('one', join(folder, 'one-again'))
    const single = writeModelFolder(join(temporaryDirectory(), 'single'))
    await addSearchFolder(`${single}/`)
    await addSearchFolder(single)
    await addSearchFolder(join(folder, 'Qwen'))
    expect((await searchPlaces()).filter(({ kind }) => kind === 'folder')).toHaveLength(3)
    expect((await names()).sort()).toEqual(['one', 'single', 'three', 'two'])
    expect(modelDirectory(await resolveModel('two'))).toBe(join(folder, 'Qwen', 'two'))
  })

  it('show what cannot be used with the reason', async () => {
    const folder = await inFolder()
    const put = (name: string, change: (directory: string) => void) => change(writeModelFolder(join(folder, name)))
    put('no-config', (at) => rmSync(join(at, 'config.json')))
    put('code', (at) => writeFileSync(join(at, 'config.json'), '{"model_type":"x","auto_map":{}}'))
    put('pickled', (at) => {
      rmSync(join(at, 'model.safetensors'))
      writeFileSync(join(at, 'pytorch_model.bin'), 'pickle')
    })
    put('cut', (at) => writeFileSync(join(at, 'model.safetensors'), 'short'))
    put('missing', (at) => writeFileSync(join(at, 'model.safetensors.index.json'), '{"weight_map":{"a":"model-2.safetensors"}}'))
    put('link', (at) => symlinkSync('/etc/hostname', join(at, 'LICENSE')))
    mkdirSync(join(folder, 'adapter'))
    writeFileSync(join(folder, 'adapter', 'adapter_config.json'), '{}')
    symlinkSync(writeModelFolder(join(temporaryDirectory(), 'elsewhere')), join(folder, 'linked'))
    mkdirSync(join(folder, 'notes'))
    writeFileSync(join(folder, 'notes', 'config.json'), '{}')
    const found = await foundFolders()
    expect(found.every(({ model }) => model === null)).toBe(true)
    expect(Object.fromEntries(found.map(({ name, refusal }) => [name, refusal?.code]))).toEqual({
      'no-config': 'model.no-config',
      code: 'model.own-code',
      pickled: 'model.no-safetensors',
      cut: 'model.damaged',
      missing: 'model.missing-shard',
      link: 'model.link-escapes',
      adapter: 'model.is-adapter',
      linked: 'model.link-escapes',
    })
  })

  it('are looked at again when they have changed', async () => {
    const folder = await inFolder()
    const model = writeModelFolder(join(folder, 'changing'))
    expect(await names()).toEqual(['changing'])
    writeFileSync(join(model, 'config.json'), '{"model_type":"llama","max_position_embeddings":2048}')
    expect(await foundModels()).toMatchObject([{ model: { family: 'llama', context: 2048 } }])
    rmSync(model, { recursive: true })
    expect(await names()).toEqual([])
  })

  it('must be whole paths to folders', async () => {
    await expect(addSearchFolder('models')).rejects.toMatchObject({ code: 'model.folder-relative' })
    await expect(addSearchFolder('/nowhere/at/all')).rejects.toMatchObject({ code: 'model.no-folder' })
    await expect(addSearchFolder('/etc/hostname')).rejects.toMatchObject({ code: 'model.no-folder' })
  })
})

describe('what the hubs’ programs have fetched', () => {
  it('is found under the names of the hubs', async () => {
    const cache = temporaryDirectory()
    process.env.HF_HUB_CACHE = join(cache, 'hf')
    process.env.MODELSCOPE_CACHE = join(cache, 'ms')
    onTestFinished(() => void ((process.env.HF_HUB_CACHE = '/nowhere'), (process.env.MODELSCOPE_CACHE = '/nowhere')))
    const repository = join(cache, 'hf', 'models--Qwen--Qwen2.5-0.5B')
    for (const revision of ['old', 'new']) writeModelFolder(join(repository, 'snapshots', revision))
    mkdirSync(join(repository, 'refs'))
    writeFileSync(join(repository, 'refs', 'main'), 'old\n')
    mkdirSync(join(cache, 'hf', 'datasets--a--b', 'snapshots'), { recursive: true })
    const masked = writeModelFolder(join(cache, 'ms', 'models', 'Qwen', 'Qwen3___1-4B'))
    symlinkSync(basename(masked), join(dirname(masked), 'Qwen3.1-4B'))
    expect((await foundModels()).map(({ name, place }) => [name, place.kind])).toEqual([['Qwen/Qwen2.5-0.5B', 'huggingface'], ['Qwen/Qwen3.1-4B', 'modelscope']])
    const model = await resolveModel('Qwen/Qwen2.5-0.5B')
    expect(model).toMatchObject({ name: 'Qwen/Qwen2.5-0.5B', directory: join(repository, 'snapshots', 'old') })
    // By its folder it has the same name, not that of a revision.
    expect(await resolveModel(join(repository, 'snapshots', 'old'))).toMatchObject({ id: model.id, name: 'Qwen/Qwen2.5-0.5B' })
  })

  it('lies where their variables say', () => {
    const home = hubVariables({ NODE_ENV: 'test' })
    expect(home.huggingFaceCache).toMatch(/\/\.cache\/huggingface\/hub$/)
    expect(home.modelScopeCache).toMatch(/\/\.cache\/modelscope\/hub$/)
    expect(hubVariables({ NODE_ENV: 'test', HF_HOME: '/a' }).huggingFaceCache).toBe('/a/hub')
    expect(hubVariables({ NODE_ENV: 'test', HF_HOME: '/a', HF_HUB_CACHE: '/b' }).huggingFaceCache).toBe('/b')
    expect(hubVariables({ NODE_ENV: 'test', HF_ENDPOINT: 'https://mirror.example' }).huggingFaceUrl).toBe('https://mirror.example')
  })
})

it('finds the starter model before anything was made of it', async () => {
  writeModelFolder(inHome(artifactPath.starterModel()))
  expect(await foundModels()).toMatchObject([{ name: 'starter', place: { kind: 'home' } }])
})
