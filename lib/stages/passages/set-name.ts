import type { Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'

export const longestSetName = 60

/** Throws passages.name-taken when another of the project's sets has the name. */
export async function refuseTakenName(tx: Tx, projectId: string, name: string, except?: string): Promise<void> {
  const other = await tx.passageSet.findFirst({ where: { projectId, name, ...(except ? { id: { not: except } } : {}) }, select: { id: true } })
  if (other) throw new MolianError('passages.name-taken', { name })
}
