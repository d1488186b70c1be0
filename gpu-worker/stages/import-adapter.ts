import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { artifactPath, inHome, sha256OfFile, syncDirectory } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import type { AdapterImport, Model } from '@/lib/generated/prisma/client'
import { parseAdapterConfig, writeAdapterConfig, type AdapterConfig, type DescribedAdapter } from '@/lib/models/adapter/config'
import { BaseShapes, requireFit } from '@/lib/models/adapter/fit'
import { adapterFiles, adapterInArchive, adapterInFolder, type AdapterPieces } from '@/lib/models/adapter/source'
import { readTensors } from '@/lib/models/safetensors'
import { weightsSha256 } from '@/lib/models/weights'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { modelDirectory } from '@/lib/stages/models'
import { kibibytes } from '@/lib/stages/models/downloads'

const mostConfigBytes = 1024 * 1024
const [configFile, weightsFile] = adapterFiles

/** Takes an adapter made elsewhere: its two files, proved to be for the base by name and shape, as an adapter's folder of the home. */
export const importAdapter: Handler = async (attempt) => {
  const { baseModel, ...wanted } = await db().adapterImport.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { baseModel: true } })
  const directory = artifactPath.importedAdapter(wanted.id)
  const part = `${inHome(directory)}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true })
  try {
    await copyPieces(attempt, piecesOf(wanted), part)
    attempt.progress({ done: 0, total: 0, phase: 'checking' })
    const { described, sha256, bytes } = await proved(wanted, baseModel, part)
    await rm(inHome(directory), { recursive: true, force: true })
    await rename(part, inHome(directory))
    await syncDirectory(path.dirname(inHome(directory)))
    const adapter = { directory, sha256, bytes: BigInt(bytes) }
    await attempt.write(async (tx) => {
      await tx.adapterImport.update({ where: { id: wanted.id }, data: { described } })
      await tx.adapter.upsert({ where: { importId: wanted.id }, create: { importId: wanted.id, ...adapter }, update: adapter })
    })
    await rm(inHome(artifactPath.adapterArchive(wanted.id)), { force: true })
    return { bytes, sha256 }
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

function piecesOf({ id, source, origin }: AdapterImport): AdapterPieces {
  switch (source) {
    case 'folder':
      return adapterInFolder(origin)
    case 'archive':
      return adapterInArchive(inHome(artifactPath.adapterArchive(id)), origin, env().uploadLimit)
  }
}

async function copyPieces(attempt: Attempt, pieces: AdapterPieces, part: string): Promise<void> {
  let done = 0
  for await (const { file, chunks } of pieces) {
    const handle = await open(path.join(part, file), 'wx')
    try {
      let bytes = 0
      for await (const chunk of chunks) {
        attempt.signal.throwIfAborted()
        bytes += chunk.length
        if (file === configFile && bytes > mostConfigBytes) throw new MolianError('adapter.bad-config', { name: file, field: configFile })
        await handle.writeFile(chunk)
        done += chunk.length
        attempt.progress({ done: kibibytes(done), total: 0, phase: 'copying' })
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
}

type Proved = { described: DescribedAdapter; sha256: string; bytes: number }

/** Checks the copied files against the base and writes the folder's manifest, as complete_folder.py has it. */
async function proved({ name }: AdapterImport, base: Model, part: string): Promise<Proved> {
  const config = await readConfig(name, path.join(part, configFile))
  const tensors = await readTensors(path.join(part, weightsFile))
  if (tensors === null) throw new MolianError('adapter.damaged', { name, tensor: weightsFile })
  const directory = modelDirectory(base)
  const ranks = requireFit(name, config, tensors, await BaseShapes.of(base.name, directory))
  await writeFile(path.join(part, configFile), writeAdapterConfig(config, ranks, directory))
  const files = await Promise.all(adapterFiles.map(async (file) => ({ name: file, ...(await measured(path.join(part, file))) })))
  const manifest = path.join(part, 'manifest.json')
  const content = { kind: 'adapter', files, base_model: directory, base_weights_sha256: await weightsSha256(directory) }
  await writeFile(manifest, `${JSON.stringify(content, null, 1)}\n`)
  await syncDirectory(part)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return { described: describe(config, ranks), sha256: await sha256OfFile(manifest), bytes }
}

async function readConfig(name: string, file: string): Promise<AdapterConfig> {
  const handle = await open(file, 'r')
  try {
    return parseAdapterConfig(await handle.readFile('utf8'), name)
  } finally {
    await handle.close()
  }
}

async function measured(file: string): Promise<{ bytes: number; sha256: string }> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
    return { bytes: (await handle.stat()).size, sha256: await sha256OfFile(file) }
  } finally {
    await handle.close()
  }
}

function describe(config: AdapterConfig, ranks: ReadonlyMap<string, number>): DescribedAdapter {
  const modules = [...new Set([...ranks.keys()].map((module) => module.slice(module.lastIndexOf('.') + 1)))].sort()
  return { method: config.use_dora ? 'dora' : config.use_rslora ? 'rslora' : 'lora', rank: config.r, alpha: config.lora_alpha, modules, namedBase: config.base_model_name_or_path ?? null }
}
