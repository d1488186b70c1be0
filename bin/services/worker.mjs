import { join } from 'node:path'
import { checkout } from '../home.mjs'
import { startNodeChild } from './node-child.mjs'

/** Starts the worker: `gpu-worker/main.ts`. On SIGTERM it lets a training run reach a checkpoint, hence the patience. */
export async function startWorker({ log, databaseUrl, redisUrl, home, program = 'gpu-worker/main.ts' }) {
  return startNodeChild({
    args: ['--import', import.meta.resolve('tsx'), join(checkout, program)],
    log,
    graceMs: 60_000,
    env: { NODE_ENV: 'production', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, MOLIAN_HOME: home },
  })
}
