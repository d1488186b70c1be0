import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { askDatabase } from '@/bin/services/postgres.mjs'
import { identify, isAlive, waitUntilGone } from '@/bin/services/processes.mjs'
import { askRedis } from '@/bin/services/valkey.mjs'
import { attachOrStart, runningStudio } from '@/bin/supervise.mjs'

const servicesOnly = { web: false, worker: false }

// Real servers are started and killed here; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 180_000 })

const ownHome = process.env.MOLIAN_HOME
let home: string

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'molian-home-'))
  process.env.MOLIAN_HOME = home
})

afterAll(() => {
  rmSync(home, { recursive: true, force: true })
  if (ownHome === undefined) delete process.env.MOLIAN_HOME
  else process.env.MOLIAN_HOME = ownHome
})

function studio() {
  const found = runningStudio()
  if (!found) throw new Error('no studio runs')
  return found
}

/** Resolves when the studio has told of an event that `isIt` recognises. */
function told(isIt: (event: { step?: string; died?: string }) => boolean) {
  let hear = () => {}
  const heard = new Promise<void>((resolve) => (hear = resolve))
  return { heard, report: (event: { step?: string; died?: string }) => void (isIt(event) && hear()) }
}

describe('attachOrStart', () => {
  it('starts a database that is up to date and a queue, and ends them with the last who leaves', async () => {
    const first = await attachOrStart(servicesOnly)
    expect(first.isOurs).toBe(true)
    expect(await askDatabase(first.databaseUrl)).toBeNull()
    expect(await askRedis(first.redisUrl)).toBeNull()

    const second = await attachOrStart(servicesOnly)
    expect(second).toMatchObject({ isOurs: false, databaseUrl: first.databaseUrl, redisUrl: first.redisUrl })

    const { pid, children } = studio()
    const processes = [pid, ...Object.values(children).map((child) => child.pid)].map((each) => identify(each))
    expect(processes).toHaveLength(3)
    await first.stop()
    expect(processes.every(isAlive)).toBe(true)
    await second.stop()
    expect(processes.some(isAlive)).toBe(false)
    expect(runningStudio()).toBeNull()
  })

  it('keeps what it wrote down, and its passwords, from other users', async () => {
    const member = await attachOrStart(servicesOnly)
    for (const file of ['studio.json', 'postgres/password', 'valkey/password', 'valkey/valkey.conf', 'logs/postgres.log']) {
      expect(statSync(join(home, file)).mode & 0o077, file).toBe(0)
    }
    expect(await askDatabase(member.databaseUrl.replace(/:[^:@]+@/, ':guess@'))).not.toBeNull()
    expect(await askRedis(member.redisUrl.replace(/:[^:@]+@/, ':guess@'))).not.toBeNull()
    await member.stop()
  })

  it('lets nobody join without the token', async () => {
    const member = await attachOrStart(servicesOnly)
    const socket = connect(studio().control.port, '127.0.0.1')
    socket.write('{"token": "guess", "web": true}\n')
    await once(socket, 'close')
    expect(socket.bytesRead).toBe(0)
    await member.stop()
  })

  it('starts a database or a queue that was killed again, on the same port', async () => {
    const again = told((event) => event.died !== undefined)
    const member = await attachOrStart({ ...servicesOnly, report: again.report })
    const before = studio().children
    process.kill(before.postgres?.pid ?? 0, 'SIGKILL')
    await again.heard
    await expect.poll(() => askDatabase(member.databaseUrl), { timeout: 60_000 }).toBeNull()
    process.kill(before.valkey?.pid ?? 0, 'SIGKILL')
    await expect.poll(() => studio().children.valkey?.pid, { timeout: 60_000 }).not.toBe(before.valkey?.pid)
    expect(await askRedis(member.redisUrl)).toBeNull()
    await member.stop()
  })

  it('takes over from a supervisor that was killed: its children are ended, the ports stay', async () => {
    const member = await attachOrStart(servicesOnly)
    const witness = await attachOrStart(servicesOnly)
    // As commands do, for the code that reads them there.
    process.env.DATABASE_URL = member.databaseUrl
    const before = studio()
    const children = Object.values(before.children).map((child) => identify(child.pid))
    process.kill(before.pid, 'SIGKILL')
    const successor = () => {
      const found = runningStudio()
      return found?.pid === before.pid ? null : found
    }
    await expect.poll(() => successor()?.databaseUrl, { timeout: 120_000 }).toBe(member.databaseUrl)
    expect(children.some(isAlive)).toBe(false)
    expect(await askDatabase(member.databaseUrl)).toBeNull()
    expect(await askRedis(witness.redisUrl)).toBeNull()
    delete process.env.DATABASE_URL
    await Promise.all([member.stop(), witness.stop()])
    expect(runningStudio()).toBeNull()
  })

  it('ends in good order at SIGTERM, and its members hear of it', async () => {
    const member = await attachOrStart(servicesOnly)
    const supervisor = identify(studio().pid)
    process.kill(supervisor.pid, 'SIGTERM')
    await member.ended
    expect(await waitUntilGone(supervisor, 60_000)).toBe(true)
    expect(await askDatabase(member.databaseUrl)).not.toBeNull()
  })
})
