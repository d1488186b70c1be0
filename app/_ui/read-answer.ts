import type * as z from 'zod/mini'

/** What one of the studio's own addresses answers, in the form it must have. Throws when it is not reached, refuses, or answers otherwise. */
export async function readAnswer<T extends z.ZodMiniType>(address: string, form: T, signal?: AbortSignal): Promise<z.infer<T>> {
  const response = await fetch(address, signal ? { signal } : {})
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  return form.parse(await response.json())
}
