import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import type { HubDoor } from '@/lib/models/hub/access'
import type { HubModel } from '@/lib/models/hub/hubs'
import { askHubForJson } from '@/lib/models/hub/request'

/** A file of a hub's model: its SHA-256, or else the id that git gives its bytes. */
export const listedFile = z.object({ path: z.string(), bytes: z.int().min(0), sha256: z.string().nullable(), gitId: z.string().nullable() })
export type ListedFile = z.infer<typeof listedFile>

export type Listing = { commit: string | null; files: ListedFile[] }

const mostPages = 50
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const gitId = z.string().regex(/^[0-9a-f]{40}$/)

const huggingFaceModel = z.looseObject({ sha: gitId })
const huggingFaceTree = z.array(z.looseObject({ type: z.string(), path: z.string(), size: z.int().min(0).default(0), oid: gitId.nullish().catch(null), lfs: z.looseObject({ oid: sha256, size: z.int().min(0) }).nullish() }))
const modelScopeFiles = z.looseObject({
  Code: z.int().default(200),
  Data: z.looseObject({ Files: z.array(z.looseObject({ Path: z.string(), Type: z.string(), Size: z.int().min(0).default(0), Sha256: sha256.nullish().catch(null) })).nullish() }).nullish(),
})

/** What lies at the top of a hub's model now. Throws as askHubForJson does, and hub.not-protocol for another server's answer. */
export async function listFiles(door: HubDoor, model: HubModel, signal: AbortSignal): Promise<Listing> {
  switch (model.hub) {
    case 'huggingface':
      return huggingFace(door, model, signal)
    case 'modelscope':
      return modelScope(door, model, signal)
  }
}

/** The address of a file's bytes, as they were when they were listed where the hub can say that. */
export function fileUrl(door: HubDoor, model: HubModel, commit: string | null, file: string): string {
  switch (model.hub) {
    case 'huggingface':
      return `${door.baseUrl}/${model.repository}/resolve/${encodeURIComponent(commit ?? model.revision)}/${encodeURIComponent(file)}`
    case 'modelscope':
      return `${door.baseUrl}/api/v1/models/${model.repository}/repo?${new URLSearchParams({ Revision: model.revision, FilePath: file })}`
  }
}

async function huggingFace(door: HubDoor, { repository, revision }: HubModel, signal: AbortSignal): Promise<Listing> {
  const api = `${door.baseUrl}/api/models/${repository}`
  const { sha } = parsed(door, huggingFaceModel, (await askHubForJson(door, `${api}/revision/${encodeURIComponent(revision)}`, repository, signal)).json)
  const files: ListedFile[] = []
  let page: string | null = `${api}/tree/${sha}`
  for (let count = 0; page !== null; count += 1) {
    // The token goes along to this address only.
    if (count >= mostPages || new URL(page).origin !== new URL(door.baseUrl).origin) throw new MolianError('hub.not-protocol', { url: door.baseUrl })
    const answer: { json: unknown; next: string | null } = await askHubForJson(door, page, repository, signal)
    for (const { type, path, size, oid, lfs } of parsed(door, huggingFaceTree, answer.json)) {
      if (type === 'file') files.push({ path, bytes: lfs?.size ?? size, sha256: lfs?.oid ?? null, gitId: lfs ? null : (oid ?? null) })
    }
    page = answer.next
  }
  return { commit: sha, files }
}

async function modelScope(door: HubDoor, { repository, revision }: HubModel, signal: AbortSignal): Promise<Listing> {
  const url = `${door.baseUrl}/api/v1/models/${repository}/repo/files?${new URLSearchParams({ Revision: revision, Recursive: 'false' })}`
  const answer = parsed(door, modelScopeFiles, (await askHubForJson(door, url, repository, signal)).json)
  if (answer.Code !== 200 || !answer.Data?.Files) throw new MolianError('hub.no-model', { url: door.baseUrl, what: repository })
  const files = answer.Data.Files.filter((file) => file.Type === 'blob')
  return { commit: null, files: files.map((file) => ({ path: file.Path, bytes: file.Size, sha256: file.Sha256 ?? null, gitId: null })) }
}

function parsed<S extends z.ZodType>(door: HubDoor, schema: S, json: unknown): z.output<S> {
  const result = schema.safeParse(json)
  if (!result.success) throw new MolianError('hub.not-protocol', { url: door.baseUrl }, { cause: result.error })
  return result.data
}
