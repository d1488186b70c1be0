import { z } from 'zod'
import { registers } from '@/lib/settings/novels'
import { passageSetSettings, type PassageSetSettings } from '@/lib/stages/passages'

const list = z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), z.array(z.enum(registers)).min(1))

/** The fields of the form and of the URL: flat, as text. An absent limit takes all passages. */
export const passageFields = z
  .object({
    registers: list,
    target: z.coerce.number(),
    minimum: z.coerce.number(),
    maximum: z.coerce.number(),
    limit: z.coerce.number().optional(),
    seed: z.coerce.number(),
  })
  .transform(({ registers: chosen, limit, ...rest }) => ({ novels: { registers: chosen }, passages: { ...rest, limit: limit ?? null } }))

export type Query = Record<string, string | string[] | undefined>

/** Settings of the URL where it has any, else the given ones; what is wrong with them by field. */
export function settingsOf(query: Query, current: PassageSetSettings): { settings: PassageSetSettings | null; fields: PassageSetSettings; wrong: string[] } {
  if (query.target === undefined) return { settings: current, fields: current, wrong: [] }
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
  const fields = passageFields.safeParse(given)
  if (!fields.success) return { settings: null, fields: current, wrong: fields.error.issues.map((issue) => String(issue.path[0])) }
  const whole = passageSetSettings.safeParse(fields.data)
  if (whole.success) return { settings: whole.data, fields: whole.data, wrong: [] }
  return { settings: null, fields: fields.data, wrong: whole.error.issues.map((issue) => String(issue.path.at(-1))) }
}

/** The URL's query for these settings. */
export function queryOf({ novels, passages }: PassageSetSettings): string {
  const query = new URLSearchParams()
  for (const register of novels.registers) query.append('registers', register)
  for (const [name, value] of Object.entries(passages)) if (value !== null) query.set(name, String(value))
  return query.toString()
}
