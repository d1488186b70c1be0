import { z } from 'zod'
import type { RecordFault } from '@/lib/text/json-scan'
import { kindOf } from '@/lib/text/records'

/** A novel as a record of train.json gives it. The title is for display only and never becomes a path. */
export interface Novel {
  title: string
  text: string
}

const filled = z.string().refine((text) => text.trim() !== '')
const novelRecord = z.union([
  z.object({ name: filled, text: filled }),
  z.object({ name: filled, content: filled }),
  z.object({ title: filled, text: filled }),
  z.object({ title: filled, content: filled }),
])

/** A record as a novel: `name` or `title`, and `text` or `content`, both strings with something in them. */
export function novelOf(record: Record<string, unknown>): { ok: true; novel: Novel } | ({ ok: false } & RecordFault) {
  const parsed = novelRecord.safeParse(record)
  if (!parsed.success) return { ok: false, ...(faultIn(record, ['name', 'title']) ?? faultIn(record, ['text', 'content']) ?? missing('text')) }
  const { data } = parsed
  return { ok: true, novel: { title: 'name' in data ? data.name : data.title, text: 'text' in data ? data.text : data.content } }
}

function faultIn(record: Record<string, unknown>, names: readonly [string, string]): RecordFault | undefined {
  const field = names.find((name) => Object.hasOwn(record, name))
  if (field === undefined) return missing(names.join('” / “'))
  const values = names.map((name) => record[name])
  if (values.some((value) => filled.safeParse(value).success)) return undefined
  const value = record[field]
  if (typeof value !== 'string') return { code: 'record.not-string', params: { field, found: kindOf(value) } }
  return { code: 'record.empty-text', params: { field } }
}

function missing(field: string): RecordFault {
  return { code: 'record.missing-field', params: { field } }
}
