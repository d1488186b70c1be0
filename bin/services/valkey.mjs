import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { SetupFailure } from '../failure.mjs'
import { childEnvironment } from './child-environment.mjs'
import { freePort } from './ports.mjs'
import { endProcess, identify } from './processes.mjs'
import { findValkey } from './valkey-program.mjs'

const readyWithinMs = 30_000

/**
 * Starts the embedded Valkey whose append-only file lies in `directory`, on 127.0.0.1 with a password
 * that only its configuration file (mode 600) knows.
 * With `mustHavePort` no other port than `port` will do.
 * @param {{directory: string, log: string, port?: number, mustHavePort?: boolean, settings?: Record<string, string>}} options
 * @returns {Promise<{url: string, port: number, identity: {pid: number, startTime: string | null}, child: import('node:child_process').ChildProcess, stop(): Promise<void>}>}
 */
export async function startValkey({ directory, log, port: preferred, mustHavePort = false, settings = {} }) {
  const program = findValkey()
  if (!program) throw new SetupFailure('valkey.missing')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  await endLeftover(directory)
  const port = await freePort(preferred, mustHavePort)
  const password = passwordOf(directory)
  const configuration = join(directory, 'valkey.conf')
  writeFileSync(configuration, configurationOf({ port, password, ...settings }), { mode: 0o600 })

  const output = openSync(log, 'a', 0o600)
  const child = spawn(program, [configuration], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', output, output],
    env: childEnvironment(),
  })
  closeSync(output)
  const failed = new Promise((resolve) => child.once('error', resolve))
  const error = await Promise.race([failed, untilReady({ port, password, child })])
  if (error) throw new SetupFailure('valkey.not-started', { reason: error.message, log }, { cause: error })
  const identity = identify(child.pid)
  writeFileSync(join(directory, 'valkey.json'), JSON.stringify(identity))
  return { port, url: `redis://:${password}@127.0.0.1:${port}`, child, identity, stop: () => stopValkey(identity) }
}

/** SIGTERM writes what is pending to the append-only file and ends it. */
export async function stopValkey(identity) {
  await endProcess(identity, { graceMs: 10_000 })
}

/** Does the Redis or Valkey of this URL answer? Resolves to null, or to the error that says why not. */
export async function askRedis(url) {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null, connectTimeout: 5_000 })
  let refusal = null
  redis.on('error', (error) => {
    refusal = error
  })
  try {
    await redis.connect()
    await redis.ping()
    return null
  } catch (error) {
    return refusal ?? error
  } finally {
    redis.disconnect()
  }
}

function configurationOf({ port, password, ...more }) {
  const settings = {
    bind: '127.0.0.1',
    port,
    requirepass: password,
    dir: './',
    appendonly: 'yes',
    save: '""',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    ...more,
  }
  return Object.entries(settings).map(([name, value]) => `${name} ${value}\n`).join('')
}

function passwordOf(directory) {
  const file = join(directory, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** Two servers must never append to one file. */
async function endLeftover(directory) {
  const file = join(directory, 'valkey.json')
  if (existsSync(file)) await stopValkey(JSON.parse(readFileSync(file, 'utf8')))
}

async function untilReady({ port, password, child }) {
  const deadline = Date.now() + readyWithinMs
  for (;;) {
    const answer = await ask(port, `AUTH ${password}\r\nPING\r\n`)
    if (answer.includes('+PONG')) return null
    if (child.exitCode !== null || child.signalCode !== null) return new Error(`it ended with ${child.exitCode ?? child.signalCode}`)
    if (Date.now() > deadline) return new Error(answer.trim() || 'it did not answer')
    await pause(25)
  }
}

/** One exchange in the protocol's inline form; an empty answer when nobody listens. */
function ask(port, request) {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.setTimeout(1_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk
      if (/\+PONG|-LOADING|-ERR/.test(answer)) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}
