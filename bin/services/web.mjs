import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { SetupFailure } from '../failure.mjs'
import { isFree, nextFreePort } from './ports.mjs'
import { startNodeChild } from './node-child.mjs'

const readyWithinMs = 60_000
export const defaultPort = 3000

/**
 * The port for the studio: MOLIAN_PORT, which must be free, else the first free one from 3000 on.
 * @param {Record<string, string | undefined>} env
 */
export async function choosePort(env = process.env) {
  if (env.MOLIAN_PORT) {
    const port = Number(env.MOLIAN_PORT)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new SetupFailure('port.invalid', { value: env.MOLIAN_PORT })
    if (!(await isFree(port))) throw new SetupFailure('port.taken', { port })
    return port
  }
  const port = await nextFreePort(defaultPort)
  if (port === null) throw new SetupFailure('port.taken', { port: defaultPort })
  return port
}

/** Where the `next` command of the installed package lies. */
export function nextProgram() {
  return createRequire(import.meta.url).resolve('next/dist/bin/next')
}

/** Starts the studio's production build and waits until it answers. */
export async function startWeb({ log, port, databaseUrl, redisUrl, home }) {
  const web = startNodeChild({
    args: [nextProgram(), 'start', '--hostname', '127.0.0.1', '--port', String(port)],
    log,
    graceMs: 10_000,
    env: { NODE_ENV: 'production', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, MOLIAN_HOME: home },
  })
  const url = `http://127.0.0.1:${port}`
  const deadline = Date.now() + readyWithinMs
  while (!(await answers(url))) {
    const { exitCode, signalCode } = web.child
    if (exitCode !== null || signalCode !== null || Date.now() > deadline) {
      await web.stop()
      throw new SetupFailure('web.not-started', { log })
    }
    await pause(50)
  }
  return { ...web, url }
}

async function answers(url) {
  try {
    // Any answer will do: a page that fails is for the browser to show.
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    return true
  } catch {
    return false
  }
}
