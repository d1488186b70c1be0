'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { hubForm, saveHub } from '@/lib/models/hub/access'
import { hubModel, hubSchema } from '@/lib/models/hub/hubs'
import { adapterImportForm, discardImport, importFromFolder } from '@/lib/stages/models/adapter-imports'
import { deleteAdapter, deleteModel } from '@/lib/stages/models/deletion'
import { discardDownload, startDownload } from '@/lib/stages/models/downloads'
import { addSearchFolder, removeSearchFolder } from '@/lib/stages/models/found'
import { startMerge } from '@/lib/stages/models/merging'

const downloadForm = z.object({ hub: hubSchema, model: z.string().min(1).max(500), revision: z.string().max(100).default('') })

/** Queues the fetching of a model from a hub. */
export async function downloadModel(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('downloadAsked', async () => {
    const { hub, model, revision } = await parseForm(downloadForm, form)
    await startDownload(await atField('model', 'hub.', async () => hubModel(hub, model, revision)))
  })
}

const folderImport = adapterImportForm.extend({ folder: z.string().min(1).max(4_000) })

/** Queues the import of an adapter that lies on this machine. */
export async function importAdapterFolder(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('importAsked', async () => {
    const { folder, ...rest } = await parseForm(folderImport, form)
    await atField('folder', 'model.folder-', () => importFromFolder(rest, folder))
  })
}

const folderForm = z.object({ path: z.string().min(1).max(4_000) })

/** Has models looked for in a folder too. */
export async function addFolder(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('folderAdded', async () => {
    const { path } = await parseForm(folderForm, form)
    await atField('path', 'model.', () => addSearchFolder(path))
  })
}

const chosen = z.object({ id: z.uuid() })

/** No longer looks there. */
export async function removeFolder(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('folderRemoved', async () => removeSearchFolder((await parseForm(chosen, form)).id))
}

/** Keeps a hub's address and token. */
export async function keepHub(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('hubKept', async () => {
    const given = await parseForm(hubForm, form)
    await atField('baseUrl', 'endpoint.bad-url', () => atField('token', 'endpoint.bad-key', () => saveHub(given)))
  })
}

/** Deletes a model's files; what was made from it stays. */
export async function removeModel(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('modelDeleted', async () => deleteModel((await parseForm(chosen, form)).id))
}

/** Deletes an adapter's files; its run, and a model merged of it, stay. */
export async function removeAdapter(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('adapterDeleted', async () => deleteAdapter((await parseForm(chosen, form)).id))
}

/** Merges an adapter into its base: a model that writes stories. */
export async function mergeIntoBase(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('mergeAsked', async () => void (await startMerge((await parseForm(chosen, form)).id)))
}

const discarded = z.object({ id: z.uuid(), kind: z.enum(['download', 'import']) })

/** Gives up a download or an import that does not run. */
export async function discardArrival(_: ActionState, form: FormData): Promise<ActionState> {
  return acted('discarded', async () => {
    const { id, kind } = await parseForm(discarded, form)
    await (kind === 'download' ? discardDownload(id) : discardImport(id))
  })
}

type Said = 'downloadAsked' | 'importAsked' | 'folderAdded' | 'folderRemoved' | 'hubKept' | 'modelDeleted' | 'adapterDeleted' | 'mergeAsked' | 'discarded'

async function acted(said: Said, work: () => Promise<void>): Promise<ActionState> {
  return runAction(async () => {
    await work()
    revalidatePath('/', 'layout')
    return (await getTranslator('models'))(`said.${said}`)
  })
}
