import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import type { Locale } from '@/lib/error-sentences'
import { MolianError } from '@/lib/errors'
import { modelCard } from '@/lib/models/card'
import { isInside } from '@/lib/models/links'
import { tarFile, type TarFile } from '@/lib/models/tar'
import { modelDirectory } from '@/lib/stages/models'
import { lineageOf, type Lineage } from '@/lib/stages/models/lineage'

/** An archive that can be taken along: its file's name, and what lies in its one folder. */
export type Export = { fileName: string; files: TarFile[]; madeAt: Date }

/** An adapter with its model card. Throws run.missing and adapter.deleted. */
export async function exportAdapter(id: string, locale: Locale): Promise<Export> {
  const adapter = z.uuid().safeParse(id).success ? await db().adapter.findUnique({ where: { id } }) : null
  if (!adapter) throw new MolianError('run.missing', { what: 'adapter' })
  const lineage = await lineageOf(id)
  if (adapter.deletedAt) throw new MolianError('adapter.deleted', { name: lineage.name })
  return packed(`${lineage.name} adapter`, inHome(adapter.directory), modelCard(lineage, 'adapter', locale), lineage)
}

/** A merged model with its model card. Throws run.missing for one that is not merged, or deleted. */
export async function exportMerged(id: string, locale: Locale): Promise<Export> {
  const model = z.uuid().safeParse(id).success ? await db().model.findUnique({ where: { id } }) : null
  if (!model?.adapterId || model.sha256 === null || model.deletedAt) throw new MolianError('run.missing', { what: 'merged model' })
  const lineage = await lineageOf(model.adapterId)
  return packed(model.name, modelDirectory(model), modelCard(lineage, 'merged', locale), lineage)
}

async function packed(name: string, directory: string, card: string, { madeAt }: Lineage): Promise<Export> {
  // A name that a person gave becomes one of a file: only letters, digits and dashes of it.
  const folder = [...name.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '')].slice(0, 60).join('') || 'model'
  const short = Buffer.byteLength(folder) > 60 ? 'model' : folder
  const files: TarFile[] = [{ name: `${short}/README.md`, source: { content: Buffer.from(card) } }]
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.name === 'README.md' || !entry.isFile() || !(await isInside(directory, entry.name))) continue
    files.push(await tarFile(`${short}/${entry.name}`, path.join(directory, entry.name)))
  }
  return { fileName: `${folder}.tar`, files, madeAt }
}
