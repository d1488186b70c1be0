import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { SetupFailure } from '../failure.mjs'
import { isRoot } from '../home.mjs'
import { childEnvironment } from './child-environment.mjs'
import { freePort } from './ports.mjs'
import { endProcess, identify, isAlive } from './processes.mjs'
import { ownedDirectory, ownedTree, postgresProgram } from './postgres-program.mjs'

// A crash of a busy cluster is followed by recovery, which on a slow disk takes a while.
const readyWithinMs = 120_000

/**
 * Starts the embedded PostgreSQL whose cluster lies under `directory`, making it on first use, with
 * one database `molian`. It listens on 127.0.0.1 only and knows one password, kept in a file of mode 600.
 * With `mustHavePort` no other port than `port` will do.
 * @param {{directory: string, log: string, port?: number, mustHavePort?: boolean, settings?: Record<string, string>}} options
 * @returns {Promise<{url: string, port: number, identity: {pid: number, startTime: string | null}, child: import('node:child_process').ChildProcess, stop(): Promise<void>}>}
 */
export async function startPostgres({ directory, log, port: preferred, mustHavePort = false, settings = {} }) {
  mkdirSync(directory, { recursive: true })
  chmodSync(directory, isRoot ? 0o711 : 0o700)
  const { bin, user } = postgresProgram(directory)
  const cluster = join(directory, 'cluster')
  const password = passwordOf(directory)
  if (existsSync(join(cluster, 'PG_VERSION'))) ownedTree(cluster, user)
  else initialise({ bin, user, cluster, directory, password, log, isLasting: settings.fsync !== 'off' })
  await endLeftover(cluster)

  const port = await freePort(preferred, mustHavePort)
  const flags = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    jit: 'off',
    ...settings,
  }
  const output = openSync(log, 'a', 0o600)
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', cluster, '-p', String(port), ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...user, cwd: cluster, detached: true, stdio: ['ignore', output, output], env: childEnvironment({ LC_MESSAGES: 'C' }) },
  )
  closeSync(output)
  const failed = new Promise((resolve) => child.once('error', resolve))
  const server = { port, url: urlOf({ port, password, database: 'molian' }), child }
  const error = await Promise.race([failed, untilReady(server, child, log).then(() => null)])
  if (error) throw new SetupFailure('postgres.not-started', { reason: error.message, log }, { cause: error })
  return { ...server, identity: identify(child.pid), stop: () => stopPostgres(identify(child.pid)) }
}

/** Fast shutdown: sessions are ended and the cluster is closed cleanly; after 30 s the immediate kind. */
export async function stopPostgres(identity) {
  await endProcess(identity, { signal: 'SIGINT', graceMs: 30_000, lastSignal: 'SIGQUIT' })
}

/** Does the database of this URL answer? Resolves to null, or to the error that says why not. */
export async function askDatabase(url, ms = 5_000) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ms })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return null
  } catch (error) {
    return error
  } finally {
    await client.end().catch(() => {})
  }
}

function urlOf({ port, password, database }) {
  return `postgresql://molian:${password}@127.0.0.1:${port}/${database}`
}

function passwordOf(directory) {
  const file = join(directory, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

function initialise({ bin, user, cluster, directory, password, log, isLasting }) {
  // What is left of an initdb that was killed cannot be finished, and nothing is in it yet.
  rmSync(cluster, { recursive: true, force: true })
  ownedDirectory(cluster, user)
  const passwordFile = join(directory, 'initdb-password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  try {
    if (user.uid !== undefined) chownSync(passwordFile, user.uid, user.gid)
    const made = spawnSync(
      join(bin, 'initdb'),
      [
        `--pgdata=${cluster}`, '--username=molian', `--pwfile=${passwordFile}`, '--auth=scram-sha-256',
        '--encoding=UTF8', '--locale=C.UTF-8', ...(isLasting ? [] : ['--no-sync']),
      ],
      { ...user, cwd: cluster, encoding: 'utf8', env: childEnvironment({ LC_MESSAGES: 'C' }) },
    )
    writeFileSync(log, `${made.stdout ?? ''}${made.stderr ?? ''}`, { flag: 'a', mode: 0o600 })
    if (made.status !== 0) {
      const reason = made.error?.message ?? made.stderr.trim().split('\n').at(-1)
      throw new SetupFailure('postgres.not-started', { reason, log })
    }
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** A server whose starter was killed may still hold the cluster; two must never run on one. */
async function endLeftover(cluster) {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (isPostmasterOf(pid, cluster)) await stopPostgres(identify(pid))
}

function isPostmasterOf(pid, cluster) {
  if (process.platform !== 'linux') return isAlive(identify(pid))
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster)
  } catch {
    return false
  }
}

async function untilReady({ url }, child, log) {
  const deadline = Date.now() + readyWithinMs
  const maintenance = url.replace(/\/molian$/, '/postgres')
  for (;;) {
    const error = await askDatabase(maintenance)
    if (!error) break
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      throw new SetupFailure('postgres.not-started', { reason: lastLine(log) ?? error.message, log }, { cause: error })
    }
    await pause(50)
  }
  const client = new pg.Client({ connectionString: maintenance })
  await client.connect()
  try {
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'molian'`)
    if (rowCount === 0) await client.query('CREATE DATABASE molian')
  } finally {
    await client.end()
  }
}

function lastLine(file) {
  return readFileSync(file, 'utf8').trim().split('\n').filter((line) => /FATAL|ERROR|PANIC/.test(line)).at(-1)
}
