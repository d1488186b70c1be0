import path from 'node:path'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { hubVariables } from '@/lib/env'
import { hubs } from '@/lib/models/hub/hubs'

/** Where models are looked for: the home, folders that a person has named, and what the hubs' own programs have fetched. */
export type SearchPlace = { kind: 'home' | 'folder' | 'huggingface' | 'modelscope'; path: string; id: string | null }

/** Every place, in the order in which a model of several is taken. */
export async function searchPlaces(): Promise<SearchPlace[]> {
  const named = await db().modelSearchFolder.findMany({ orderBy: { createdAt: 'asc' } })
  const { huggingFaceCache, modelScopeCache } = hubVariables()
  return [
    { kind: 'home', path: inHome(artifactPath.starterModel()), id: null },
    ...hubs.map((hub) => ({ kind: 'home' as const, path: inHome(artifactPath.downloadedModels(hub)), id: null })),
    ...named.map((folder) => ({ kind: 'folder' as const, path: folder.path, id: folder.id })),
    { kind: 'huggingface', path: huggingFaceCache, id: null },
    { kind: 'modelscope', path: modelScopeCache, id: null },
  ]
}

/** What a model is called that lies there: as its hub calls it where its folder's name tells that, else by its folder. */
export function nameOfFolder(place: SearchPlace, directory: string): string {
  const base = path.basename(directory)
  switch (place.kind) {
    case 'home':
      return base.includes('@') ? base.slice(0, base.lastIndexOf('@')).replace('--', '/') : base
    case 'folder':
      return base
    case 'huggingface':
      return path.basename(path.dirname(path.dirname(directory))).slice('models--'.length).replace('--', '/')
    case 'modelscope':
      // It masks the dots of names.
      return `${path.basename(path.dirname(directory))}/${base.replaceAll('___', '.')}`
  }
}
