import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import type { Hub } from '@/lib/generated/prisma/client'

export const hubs = ['huggingface', 'modelscope'] as const satisfies readonly Hub[]
export const hubSchema = z.enum(hubs)

/** Each hub's own address, what a person gets who chooses none, and the branch that is meant when none is named. */
export const hubFacts: Record<Hub, { name: string; url: string; branch: string }> = {
  huggingface: { name: 'Hugging Face', url: 'https://huggingface.co', branch: 'main' },
  modelscope: { name: 'ModelScope', url: 'https://modelscope.cn', branch: 'master' },
}

const part = /^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/
const revision = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/

/** A model of a hub: `Qwen/Qwen2-1.5B-Instruct`. Its parts become names of folders, so that nothing else may stand in them. */
export type HubModel = { hub: Hub; repository: string; revision: string }

/** What a person typed or pasted, an id or the address of a model's page, as the model that is meant. Throws hub.bad-id. */
export function hubModel(hub: Hub, text: string, asked = ''): HubModel {
  const given = text.trim()
  const [found, path] = fromAddress(given) ?? [hub, given]
  const parts = path.replace(/^models\//, '').split('/').filter((each) => each !== '')
  const repository = parts.slice(0, 2)
  const named = asked.trim() || (parts[2] === 'tree' ? parts.slice(3).join('/') : '') || hubFacts[found].branch
  if (repository.length !== 2 || !repository.every((each) => part.test(each) && !each.includes('..') && !each.includes('--')) || !revision.test(named)) {
    throw new MolianError('hub.bad-id', { id: given.slice(0, 200) })
  }
  return { hub: found, repository: repository.join('/'), revision: named }
}

function fromAddress(text: string): [Hub, string] | null {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return null
  const { hostname, pathname } = new URL(text)
  return [/(^|\.)modelscope\./.test(hostname) ? 'modelscope' : 'huggingface', pathname.slice(1)]
}
