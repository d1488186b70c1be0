import type { Fault } from '@/app/projects/[projectId]/passages/_passage-query'
import { getTranslator } from '@/app/_i18n/server'

/** What is wrong with each field, as a sentence in the reader's language. */
export async function faultSentences(faults: readonly Fault[]): Promise<Record<string, string>> {
  const t = await getTranslator('passages')
  return Object.fromEntries(faults.map(({ field, reason, limit }) => [field, t(`faults.${reason}`, { limit })]))
}
