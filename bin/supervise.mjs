import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { SetupFailure } from './failure.mjs'
import { checkout, makeHome, molianHome } from './home.mjs'
import { readLock } from './lock-file.mjs'
import { childEnvironment } from './services/child-environment.mjs'
import { isAlive, waitUntilGone } from './services/processes.mjs'
import { logFile } from './supervisor/log-files.mjs'

const joinWithinMs = 120_000

// As the person gave them: a command that has joined may put the studio's own addresses there, which must
// not make the next supervisor take a database that it should start for one that somebody else runs.
const given = { DATABASE_URL: process.env.DATABASE_URL, REDIS_URL: process.env.REDIS_URL }

/**
 * What the running studio of this home wrote down (process id, ports, URLs, children), or null.
 * @returns {{pid: number, databaseUrl: string, redisUrl: string, webUrl: string | null, control: {port: number}, children: Record<string, {pid: number, startTime: string}>} | null}
 */
export function runningStudio(home = molianHome()) {
  const studio = readLock(join(home, 'studio.json'))
  return studio && isAlive(studio) ? studio : null
}

/**
 * Joins the studio that runs on this home, or starts one. It runs as long as anybody has joined it:
 * call `stop` when done (a process that just ends is noticed too). If the supervisor is killed, this
 * starts another one on the same ports. `ended` resolves when the studio was stopped by someone else.
 * @param {{web: boolean, worker: boolean, report?: (event: {step?: string, seconds?: number, died?: string, how?: string | number | null}) => void}} options
 * @returns {Promise<{databaseUrl: string, redisUrl: string, webUrl: string | null, isOurs: boolean, ended: Promise<void>, stop(): Promise<void>}>}
 */
export async function attachOrStart({ web, worker, report = () => {} }) {
  const home = molianHome()
  makeHome(home)
  const needs = { web, worker, port: process.env.MOLIAN_PORT }
  const ended = resolvers()
  let isLeaving = false
  let rejoining = Promise.resolve()
  let membership = await becomeMember()
  const isOurs = membership.isOurs

  async function becomeMember() {
    const joined = await joinOrSpawn(home, needs, report)
    joined.gone.then((stopping) => {
      if (isLeaving) return
      if (stopping) return ended.resolve()
      rejoining = becomeMember().then((again) => { membership = again }, ended.reject)
    })
    return joined
  }

  return {
    ...membership.urls,
    isOurs,
    ended: ended.promise,
    async stop() {
      isLeaving = true
      // One that was just taking over would stay a member that nobody knows of.
      await rejoining
      await membership.leave()
    },
  }
}

async function joinOrSpawn(home, needs, report) {
  const file = join(home, 'studio.json')
  const deadline = Date.now() + joinWithinMs
  let supervisor = null
  for (;;) {
    const holder = readLock(file)
    if (holder && isAlive(holder)) {
      const joined = await tryJoin(holder, needs, report)
      if (joined) return { ...joined, isOurs: holder.pid === supervisor?.pid }
    } else if (!supervisor || supervisor.exitCode !== null || supervisor.signalCode !== null) {
      if (supervisor && supervisor.exitCode !== 0) throw new SetupFailure('supervisor.failed', { log: logFile(home, 'supervisor') })
      supervisor = spawnSupervisor(home)
    }
    if (Date.now() > deadline) throw new SetupFailure('supervisor.silent', { pid: holder?.pid ?? '?', log: logFile(home, 'supervisor') })
    await pause(25)
  }
}

/** Null when the supervisor is on its way out; a failure to start something is thrown. */
function tryJoin(holder, needs, report) {
  return new Promise((resolve, reject) => {
    const socket = connect(holder.control.port, '127.0.0.1')
    const gone = resolvers()
    const bye = resolvers()
    let isStopping = false
    socket.on('error', () => {})
    socket.on('close', () => {
      bye.resolve({ last: true })
      gone.resolve(isStopping)
      resolve(null)
    })
    socket.on('connect', () => socket.write(`${JSON.stringify({ token: holder.control.token, ...needs })}\n`))
    createInterface({ input: socket }).on('error', () => {}).on('line', (line) => {
      const message = JSON.parse(line)
      if (message.step || message.died) report(message)
      if (message.failed) {
        reject(new SetupFailure(message.failed.code, message.failed.params))
        socket.destroy()
      }
      if (message.stopping) isStopping = true
      if (message.bye) bye.resolve(message)
      if (message.ready) resolve({ urls: message.ready, gone: gone.promise, leave })
      else if (message.stopping) resolve(null)
    })

    async function leave() {
      socket.write(`${JSON.stringify({ leave: true })}\n`)
      const { last } = await bye.promise
      socket.destroy()
      if (last) await waitUntilGone(holder, 120_000)
    }
  })
}

function spawnSupervisor(home) {
  const output = openSync(logFile(home, 'supervisor'), 'a', 0o600)
  // Detached: a Ctrl-C in the terminal reaches the command, which then leaves in good order.
  const child = spawn(process.execPath, [join(checkout, 'bin/supervisor/main.mjs')], {
    cwd: checkout,
    detached: true,
    stdio: ['ignore', output, output],
    env: childEnvironment({ MOLIAN_HOME: home, ...given }),
  })
  closeSync(output)
  child.on('error', () => {})
  child.unref()
  return child
}

function resolvers() {
  let resolve, reject
  const promise = new Promise((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
