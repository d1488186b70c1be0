import type { RecordFault } from '@/lib/text/json-scan'

const UNPAIRED = /\p{Surrogate}/u

/** What no database text can hold, anywhere in a parsed value, keys included: NUL and unpaired surrogates. */
export function faultInText(value: unknown, field = ''): RecordFault | undefined {
  if (typeof value === 'string') {
    if (value.includes('\0')) return { code: 'record.nul', params: {} }
    return !UNPAIRED.test(value) ? undefined : { code: 'record.lone-surrogate', params: { field } }
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const fault = faultInText(key, key.replace(UNPAIRED, '\ufffd')) ?? faultInText(inner, field || key)
    if (fault) return fault
  }
  return undefined
}
