import pino from 'pino'
import { logLevel } from '@/lib/env'

/** Structured lines on standard output; the supervisor keeps them in the home's logs. */
export const log = pino({
  level: logLevel(),
  base: { pid: process.pid },
  redact: ['key', 'apiKey', 'authorization', '*.key', '*.apiKey', '*.authorization'],
})
