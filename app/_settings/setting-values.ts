/** Settings as a form holds them: numbers as they are written, lists and switches as they are. */
export type FormValue = string | boolean | readonly string[]
export type FormValues = Readonly<Record<string, FormValue>>

/** A stage's settings for a form; numbers in the shortest writing that reads back the same. */
export function formValuesOf(settings: Readonly<Record<string, string | number | boolean | readonly string[]>>): FormValues {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]))
}
