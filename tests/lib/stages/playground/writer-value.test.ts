import { expect, it } from 'vitest'
import { namedWriter, writerValue } from '@/lib/stages/playground/writer-value'

it('a writer that a form holds as one text is the same afterwards, whatever its name', () => {
  for (const [kind, name] of [['engine', 'Qwen/Qwen3:latest'], ['engine', '夜航\n二'], ['adapter', 'a1'], ['endpoint', 'e1']] as const) expect(namedWriter.parse(writerValue(kind, name))).toEqual({ kind, name })
  for (const bad of ['', 'engine', 'engine:', 'model:x', ' engine:x']) expect(namedWriter.safeParse(bad).success).toBe(false)
})
