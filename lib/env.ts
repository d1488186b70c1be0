import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'

const uploadLimitSchema = z.coerce.number().int().positive().default(2 * 1024 ** 3)

const schema = z.object({
  MOLIAN_HOME: z.string().min(1).optional(),
  XDG_DATA_HOME: z.string().min(1).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  MOLIAN_KEY: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits').optional(),
  MOLIAN_PYTHON_BIN: z.string().min(1).optional(),
  MOLIAN_UPLOAD_LIMIT: uploadLimitSchema,
  /** Where other machines reach this one when several train together, and at which port. */
  MOLIAN_MAIN_ADDRESS: z.string().min(1).optional(),
  MOLIAN_MAIN_PORT: z.coerce.number().int().min(1).max(65_535).default(29_500),
  /** Minutes for which the engine stays when nobody uses it; 0: it ends with its use. */
  MOLIAN_ENGINE_IDLE_MINUTES: z.coerce.number().min(0).max(7 * 24 * 60).default(10),
  /** Where a model is served for other programs: the address that is listened at, and a port that is always the same. */
  MOLIAN_SERVE_HOST: z.string().min(1).default('127.0.0.1'),
  MOLIAN_SERVE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  MOLIAN_CPU_LANES: z.coerce.number().int().min(1).max(32).default(2),
})

export type Env = ReturnType<typeof readEnv>

let parsed: Env | undefined

/** The variables that lib and the worker go by, parsed once. Throws one readable sentence for each bad variable. */
export function env(): Env {
  parsed ??= readEnv(process.env)
  return parsed
}

/** Where Molian keeps everything that is not the checkout; one home is one studio. */
export function homeDirectory(source: NodeJS.ProcessEnv = process.env): string {
  if (source.MOLIAN_HOME) return path.resolve(source.MOLIAN_HOME)
  if (source.XDG_DATA_HOME) return path.join(source.XDG_DATA_HOME, 'molian')
  if (process.getuid?.() === 0) return '/var/lib/molian'
  return path.join(os.homedir(), '.local', 'share', 'molian')
}

/** Where the hubs' own programs keep what they fetched, and the address under which they look for Hugging Face's; as those programs read the variables. */
export function hubVariables(source: NodeJS.ProcessEnv = process.env): { huggingFaceCache: string; modelScopeCache: string; huggingFaceUrl: string | null } {
  const caches = source.XDG_CACHE_HOME || path.join(os.homedir(), '.cache')
  return {
    huggingFaceCache: path.resolve(source.HF_HUB_CACHE || path.join(source.HF_HOME || path.join(caches, 'huggingface'), 'hub')),
    modelScopeCache: path.resolve(source.MODELSCOPE_CACHE || path.join(os.homedir(), '.cache', 'modelscope', 'hub')),
    huggingFaceUrl: source.HF_ENDPOINT || null,
  }
}

/** How much is logged; apart from the rest, because logging starts before the rest is known to be right. */
export function logLevel(): string {
  return z.enum(['debug', 'info', 'warn', 'error', 'silent']).catch('info').parse(process.env.MOLIAN_LOG_LEVEL)
}

/** Bytes of one upload; apart from the rest, because files are inspected without a database. */
export function uploadLimit(): number {
  return uploadLimitSchema.parse(process.env.MOLIAN_UPLOAD_LIMIT)
}

/** The variables a child process may have from this one: those `isAllowed` names, nothing else. */
export function inheritedVariables(isAllowed: (name: string) => boolean): Record<string, string> {
  const allowed = Object.entries(process.env).filter(([name]) => isAllowed(name))
  return Object.fromEntries(allowed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

function readEnv(source: NodeJS.ProcessEnv) {
  const result = schema.safeParse(source)
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is not as Molian needs it.\n${faults.join('\n')}`)
  }
  return {
    home: homeDirectory(source),
    databaseUrl: result.data.DATABASE_URL,
    redisUrl: result.data.REDIS_URL,
    key: result.data.MOLIAN_KEY,
    python: result.data.MOLIAN_PYTHON_BIN ?? path.resolve('.venv', 'bin', 'python'),
    uploadLimit: result.data.MOLIAN_UPLOAD_LIMIT,
    engineIdleMinutes: result.data.MOLIAN_ENGINE_IDLE_MINUTES,
    serveHost: result.data.MOLIAN_SERVE_HOST,
    servePort: result.data.MOLIAN_SERVE_PORT,
    cpuLanes: result.data.MOLIAN_CPU_LANES,
    mainAddress: result.data.MOLIAN_MAIN_ADDRESS,
    mainPort: result.data.MOLIAN_MAIN_PORT,
  }
}
