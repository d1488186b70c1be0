import { z } from 'zod'
import type { Locale } from '@/lib/error-sentences'
import { hintOf } from '@/lib/settings/hint'

/** What a form needs to know of a setting: which control, which values, and the hint of its schema. */
export type SettingSpec = {
  name: string
  kind: 'number' | 'choice' | 'choices' | 'switch' | 'text' | 'lines'
  hint: string
  integer: boolean
  minimum: number | null
  maximum: number | null
  /** Whether the ends of the range are not part of it. */
  aboveMinimum: boolean
  belowMaximum: boolean
  options: readonly string[]
}

const json = z.object({
  type: z.enum(['number', 'integer', 'string', 'boolean', 'array']),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  enum: z.array(z.string()).optional(),
  items: z.object({ enum: z.array(z.string()).optional() }).optional(),
})

/** Every setting of a stage's schema as a form shows it; the schema alone says ranges, options and hints. */
export function settingSpecs(settings: z.ZodObject, locale: Locale): SettingSpec[] {
  return Object.entries(settings.shape).map(([name, schema]) => {
    if (!(schema instanceof z.ZodType)) throw new TypeError(`The setting ${name} has no schema`)
    const field = json.parse(z.toJSONSchema(schema))
    return {
      name,
      kind: kindOf(field),
      hint: hintOf(schema)?.[locale] ?? '',
      integer: field.type === 'integer',
      minimum: field.exclusiveMinimum ?? field.minimum ?? null,
      maximum: field.exclusiveMaximum ?? field.maximum ?? null,
      aboveMinimum: field.exclusiveMinimum !== undefined,
      belowMaximum: field.exclusiveMaximum !== undefined,
      options: field.enum ?? field.items?.enum ?? [],
    }
  })
}

function kindOf(field: z.infer<typeof json>): SettingSpec['kind'] {
  switch (field.type) {
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'switch'
    case 'array':
      return field.items?.enum ? 'choices' : 'lines'
    case 'string':
      return field.enum ? 'choice' : 'text'
  }
}

/**
 * The stage's own schema, fed from a form: texts become the numbers and lists they stand for, an unticked switch is
 * false, and what the form has beside the settings is left aside. The schema says what is wrong, by the field's name.
 */
export function settingsForm<S extends z.ZodObject>(settings: S): z.ZodType<z.output<S>> {
  const specs = settingSpecs(settings, 'en')
  const typed = z.preprocess((form) => {
    const given = z.record(z.string(), z.unknown()).parse(form)
    return Object.fromEntries(specs.map((spec) => [spec.name, valueOf(spec, given[spec.name])]))
  }, settings)
  return typed
}

/** What is no number stays as it was typed, so that what is said of it can repeat it. */
function numberOf(typed: string): unknown {
  const number = Number(typed)
  return Number.isNaN(number) ? typed : number
}

function valueOf(spec: SettingSpec, given: unknown): unknown {
  switch (spec.kind) {
    case 'number':
      return typeof given === 'string' && given.trim() !== '' ? numberOf(given) : given
    case 'switch':
      return given !== undefined
    case 'choices':
      return given === undefined ? [] : Array.isArray(given) ? given : [given]
    case 'lines':
      // A form leaves out what is empty.
      return given === undefined ? [] : typeof given === 'string' ? given.split('\n').flatMap((line) => line.trim() || []) : given
    case 'choice':
    case 'text':
      return given
  }
}
