import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { measurementSchema } from '@/bench/support/measurement'

// Each benchmark has a process of its own, so that none inherits the memory and the handles of another.
const benchmark = z.object({ measure: z.function({ input: [], output: z.promise(measurementSchema) }) })
const { measure } = benchmark.parse(await import(pathToFileURL(path.resolve(process.argv[2] ?? '')).href))
const measurement = await measure()
process.send?.(measurement, () => process.exit(0))
