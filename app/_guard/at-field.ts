import { z } from 'zod'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale } from '@/app/_i18n/server'
import { MolianError } from '@/lib/errors'

/** Does `work`; a known error of it whose code begins with `codes` is said at the form's field of this name. */
export async function atField<T>(name: string, codes: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof MolianError) || !error.code.startsWith(codes)) throw error
    const message = error.sentence(errorLocale(await getLocale()))
    throw new z.ZodError([{ code: 'custom', path: [name], message, input: undefined }])
  }
}
