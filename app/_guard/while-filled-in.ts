import { z } from 'zod'
import { MolianError } from '@/lib/errors'

/** What `work` makes of a form that is still being filled in; null where the form is not right yet, which is said when it is sent. Any other failure is one. */
export async function whileFilledIn<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    const isOfForm = error instanceof z.ZodError || (error instanceof MolianError && error.code !== 'internal')
    if (!isOfForm) throw error
    return null
  }
}
