import { z } from 'zod'

/** A writer that a person can choose: a model of this machine by its name, an adapter or an endpoint by its id. */
export type NamedWriter = { kind: 'engine' | 'adapter' | 'endpoint'; name: string }

const form = z.string().regex(/^(engine|adapter|endpoint):.+$/s)

/** The writer as the one text that a choice in a form holds. */
export function writerValue(kind: NamedWriter['kind'], name: string): string {
  return `${kind}:${name}`
}

/** The text as the writer that it names. */
export const namedWriter = form.transform((value): NamedWriter => {
  const at = value.indexOf(':')
  return { kind: z.enum(['engine', 'adapter', 'endpoint']).parse(value.slice(0, at)), name: value.slice(at + 1) }
})
