'use server'

import { guardAction } from '@/app/_guard/guard-action'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { asMolianError } from '@/lib/errors'
import { checkInvariants, type InvariantReport } from '@/lib/queue/invariants'

export type InvariantAnswer = { ok: true; report: InvariantReport } | { ok: false; error: string }

/** Asks the database whether what must always hold does hold; changes nothing. */
export async function checkNow(): Promise<InvariantAnswer> {
  try {
    await guardAction()
    return { ok: true, report: await checkInvariants() }
  } catch (error) {
    return { ok: false, error: asMolianError(error).sentence(errorLocale(await getLocale())) }
  }
}
