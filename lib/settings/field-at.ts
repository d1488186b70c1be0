import { z } from 'zod'

/** What a parse looks for at a place: the values that may stand there. */
export type Field = {
  type: 'number' | 'integer' | 'string' | 'boolean' | 'array' | 'object'
  minimum?: number | undefined
  maximum?: number | undefined
  /** Whether an end of the range is not part of it. */
  isAbove: boolean
  isBelow: boolean
  options: readonly string[]
  minLength?: number | undefined
  maxLength?: number | undefined
  fewest?: number | undefined
  most?: number | undefined
  isNullable: boolean
}

const plain = z.object({
  type: z.enum(['number', 'integer', 'string', 'boolean', 'array', 'object']),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
})

/** What may stand at `path` of what the schema reads; null where the schema does not say. */
export function fieldAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): Field | null {
  const found = path.reduce<z.core.$ZodType | null>((inside, key) => inside && stepInto(inside, key), schema)
  const inner = found && innermost(found)
  if (!inner) return null
  const read = plain.safeParse(z.toJSONSchema(inner, { unrepresentable: 'any', io: 'input' }))
  if (!read.success) return null
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, minItems, maxItems } = read.data
  return {
    type,
    minimum: exclusiveMinimum ?? minimum,
    maximum: exclusiveMaximum ?? maximum,
    isAbove: exclusiveMinimum !== undefined,
    isBelow: exclusiveMaximum !== undefined,
    options: read.data.enum ?? (read.data.const === undefined ? [] : [read.data.const]),
    minLength,
    maxLength,
    fewest: minItems,
    most: maxItems,
    isNullable: found instanceof z.core.$ZodNullable,
  }
}

/** The schema beneath what only says that something may be missing, null or written otherwise. */
function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.core.$ZodOptional || schema instanceof z.core.$ZodNullable || schema instanceof z.core.$ZodDefault || schema instanceof z.core.$ZodCatch) return innermost(schema._zod.def.innerType)
  if (schema instanceof z.core.$ZodPipe) return innermost(schema._zod.def.out instanceof z.core.$ZodTransform ? schema._zod.def.in : schema._zod.def.out)
  return schema
}

function stepInto(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | null {
  const inner = innermost(schema)
  if (inner instanceof z.core.$ZodArray) return inner._zod.def.element
  if (inner instanceof z.core.$ZodObject) return (typeof key === 'string' && Object.hasOwn(inner._zod.def.shape, key) && inner._zod.def.shape[key]) || null
  if (!(inner instanceof z.core.$ZodUnion)) return null
  const held = inner._zod.def.options.flatMap((option) => stepInto(option, key) ?? [])
  // What tells the options apart may be any of theirs; another key is told well enough by the first that has it.
  const names = held.flatMap((each) => (each instanceof z.core.$ZodLiteral ? each._zod.def.values.map(String) : []))
  return names.length > 1 ? z.enum(names) : (held[0] ?? null)
}
