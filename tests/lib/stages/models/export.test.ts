import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { GET as adapterArchive } from '@/app/api/adapters/[adapterId]/archive/route'
import { GET as modelArchive } from '@/app/api/models/[modelId]/archive/route'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { modelCard } from '@/lib/models/card'
import { importFromFolder } from '@/lib/stages/models/adapter-imports'
import { deleteAdapter } from '@/lib/stages/models/deletion'
import { exportAdapter, exportMerged } from '@/lib/stages/models/export'
import { lineageOf } from '@/lib/stages/models/lineage'
import { adapterParts, writeAdapter } from '@/tests/support/adapter-files'
import { makeModels } from '@/tests/support/made-models'
import { runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

useStudio()
beforeAll(() => {
  process.env.HF_HUB_CACHE = '/nowhere'
  process.env.MODELSCOPE_CACHE = '/nowhere'
})

describe('a model card', () => {
  it('tells from its rows what an adapter was made from, in either language', async () => {
    const { base, adapter, run } = await makeModels('Qwen/Carded'.replace('/', '-'))
    await db().datasetPair.updateMany({ where: { datasetVersionId: run.datasetVersionId, ordinal: { lt: 8 } }, data: { novel: '呐喊 | <b>' } })
    await db().model.update({ where: { id: base.id }, data: { licence: 'apache-2.0' } })
    const lineage = await lineageOf(adapter.id)
    const dataset = await db().datasetVersion.findUniqueOrThrow({ where: { id: run.datasetVersionId } })
    const card = modelCard(lineage, 'adapter', 'zh')
    expect(card).toMatch(/^---\nbase_model: "Qwen-Carded"\nlicense: "apache-2.0"\nlanguage: "zh"\nlibrary_name: "peft"\n/)
    for (const said of ['基座模型', 'apache-2.0', base.sha256 ?? '', dataset.sha256 ?? '', '训练 14 对，验证 2 对', '呐喊 \\| \\<b\\> | 7', '4.0000 → 2.5000', '| learningRate | `0.0001` |', '你是一位小说家。', '{{premise}}', 'PeftModel.from_pretrained']) expect(card).toContain(said)
    expect(card).not.toContain('<b>')
    const english = modelCard(lineage, 'merged', 'en')
    for (const said of ['library_name: "transformers"', '14 to train, 2 to validate', 'vllm serve', 'convert_hf_to_gguf.py', 'Best validation loss | 2.9000']) expect(english).toContain(said)
    expect(english).not.toMatch(/\{\w+\}(?!\})/)
  })

  it('says of an imported adapter that its data is not known', async () => {
    const { base } = await makeModels('from-elsewhere')
    const folder = writeAdapter(join(temporaryDirectory(), '江湖'), adapterParts())
    const made = await importFromFolder({ baseModel: base.id }, folder)
    await runNextWell()
    const adapter = await db().adapter.findUniqueOrThrow({ where: { importId: made.id } })
    const card = modelCard(await lineageOf(adapter.id), 'adapter', 'en')
    for (const said of ['not trained in Molian', folder, 'rslora', '2 (alpha 4)', 'someone/tiny']) expect(card).toContain(said)
    expect(card).not.toContain('## Data')
  })
})

describe('an export', () => {
  const unpacked = async (response: Response) => {
    const folder = temporaryDirectory()
    const archive = Buffer.from(await response.arrayBuffer())
    expect(archive.length).toBe(Number(response.headers.get('content-length')))
    writeFileSync(join(folder, 'a.tar'), archive)
    execFileSync('tar', ['-xf', join(folder, 'a.tar'), '-C', folder])
    rmSync(join(folder, 'a.tar'))
    return folder
  }

  it('is the folder with its card, in a language that was chosen, and nothing that leads out of it', async () => {
    const { adapter, merged } = await makeModels('taken')
    symlinkSync('/etc/hostname', join(inHome(merged.directory), 'NOTICE'))
    mkdirSync(join(inHome(merged.directory), 'below'))
    for (const [file, kind] of [[await exportAdapter(adapter.id, 'en'), 'adapter'], [await exportMerged(merged.id, 'zh'), 'merged']] as const) {
      expect(file.fileName.endsWith('.tar')).toBe(true)
      const names = file.files.map(({ name }) => name.split('/').at(-1)).sort()
      expect(names).toEqual(kind === 'adapter' ? ['README.md', 'adapter_config.json', 'adapter_model.safetensors'] : ['README.md', 'config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'])
    }
  })

  it('is refused for what is not there, is deleted or not merged', async () => {
    const { adapter, merged } = await makeModels('gone')
    await expect(exportAdapter('x', 'en')).rejects.toMatchObject({ code: 'run.missing' })
    await expect(exportAdapter(merged.id, 'en')).rejects.toMatchObject({ code: 'run.missing' })
    await deleteAdapter(adapter.id)
    await expect(exportAdapter(adapter.id, 'en')).rejects.toMatchObject({ code: 'adapter.deleted' })
    await db().model.update({ where: { id: merged.id }, data: { sha256: null } })
    await expect(exportMerged(merged.id, 'en')).rejects.toMatchObject({ code: 'run.missing' })
  })

  it('is unpacked by any tar', async () => {
    const { adapter } = await makeModels('streamed')
    const { archiveResponse } = await import('@/app/api/archive-response')
    const file = await exportAdapter(adapter.id, 'zh')
    const response = archiveResponse({ ...file, fileName: '雪 "1".tar' })
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="_ _1_.tar"; filename*=UTF-8''${encodeURIComponent('雪 "1".tar')}`)
    const folder = await unpacked(response)
    const [only] = readdirSync(folder)
    expect(readFileSync(join(folder, only ?? '', 'README.md'), 'utf8')).toContain('由墨炼训练')
    expect(readFileSync(join(folder, only ?? '', 'adapter_model.safetensors')).equals(readFileSync(join(inHome(adapter.directory), 'adapter_model.safetensors')))).toBe(true)
    expect(existsSync(join(folder, only ?? '', '..', 'escape'))).toBe(false)
  })

  it('is handed to no strange host', async () => {
    const stranger = new Request('http://evil.example/api/x', { headers: { host: 'evil.example' } })
    expect((await adapterArchive(stranger, { params: Promise.resolve({ adapterId: 'x' }) })).status).toBe(403)
    expect((await modelArchive(stranger, { params: Promise.resolve({ modelId: 'x' }) })).status).toBe(403)
  })
})
