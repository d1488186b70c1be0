import { join } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { askDatabase, startPostgres } from '../services/postgres.mjs'
import { askRedis, startValkey } from '../services/valkey.mjs'
import { choosePort, startWeb } from '../services/web.mjs'
import { startWorker } from '../services/worker.mjs'
import { applyMigrations } from '../setup/migrations.mjs'
import { keep } from './kept-child.mjs'
import { logFile } from './log-files.mjs'

/**
 * The four services of one home, each started when it is first needed and kept alive from then on:
 * PostgreSQL (or DATABASE_URL), Valkey (or REDIS_URL), web and worker.
 */
export class Studio {
  #home
  #onChange
  #kept = new Map()
  #starting = new Map()
  #before
  #wantedPort
  databaseUrl = null
  redisUrl = null
  webUrl = null

  /** `before` is what the last studio of this home wrote down: its ports are taken again where they are free. */
  constructor({ home, before, onChange }) {
    this.#home = home
    this.#before = before
    this.#onChange = onChange
  }

  /** Starts what is needed and not there yet; `report` hears of each step and the seconds it took. */
  async provide({ web, worker, port }, report) {
    if (port) this.#wantedPort = port
    await Promise.all([this.#once('postgres', report), this.#once('valkey', report)])
    await this.#once('migrations', report)
    await Promise.all([web && this.#once('web', report), worker && this.#once('worker', report)])
  }

  /** Who runs: name → process id and start time. */
  children() {
    return Object.fromEntries([...this.#kept].map(([name, kept]) => [name, kept.current.identity]))
  }

  /** Web and worker first, as they use the others; PostgreSQL last. */
  async stop() {
    await Promise.allSettled(this.#starting.values())
    await Promise.all(['web', 'worker'].map((name) => this.#kept.get(name)?.stop()))
    await this.#kept.get('valkey')?.stop()
    await this.#kept.get('postgres')?.stop()
  }

  #once(name, report) {
    if (!this.#starting.has(name)) {
      const starting = this.#timed(name, report)
      this.#starting.set(name, starting)
      // What failed may succeed for the next who asks: the port is free by then, the database answers.
      starting.catch(() => this.#starting.delete(name))
    }
    return this.#starting.get(name)
  }

  async #timed(name, report) {
    const started = performance.now()
    await this[name]()
    report({ step: name, seconds: (performance.now() - started) / 1000 })
    this.#onChange()
  }

  async #keep(name, start) {
    const kept = await keep({
      start,
      onStart: () => this.#onChange(),
      onDeath: ({ code, signal, error, waitMs }) => this.#onChange({ died: name, how: error?.message ?? signal ?? code, waitMs }),
    })
    this.#kept.set(name, kept)
    return kept.current
  }

  async postgres() {
    const own = process.env.DATABASE_URL
    if (own) {
      const error = await askDatabase(own)
      if (error) throw new SetupFailure('database.unreachable', { address: addressOf(own), reason: reasonOf(error) })
      this.databaseUrl = own
      return
    }
    let port = this.#before?.ports?.postgres
    const server = await this.#keep('postgres', async () => {
      const options = { directory: join(this.#home, 'postgres'), log: logFile(this.#home, 'postgres'), port }
      const started = await startPostgres({ ...options, mustHavePort: this.databaseUrl !== null })
      port = started.port
      return started
    })
    this.databaseUrl = server.url
  }

  async valkey() {
    const own = process.env.REDIS_URL
    if (own) {
      const error = await askRedis(own)
      if (error) throw new SetupFailure('redis.unreachable', { address: addressOf(own), reason: reasonOf(error) })
      this.redisUrl = own
      return
    }
    let port = this.#before?.ports?.valkey
    const server = await this.#keep('valkey', async () => {
      const options = { directory: join(this.#home, 'valkey'), log: logFile(this.#home, 'valkey'), port }
      const started = await startValkey({ ...options, mustHavePort: this.redisUrl !== null })
      port = started.port
      return started
    })
    this.redisUrl = server.url
  }

  async migrations() {
    await applyMigrations(this.databaseUrl)
  }

  async web() {
    const port = await choosePort({ MOLIAN_PORT: this.#wantedPort })
    const server = await this.#keep('web', () => startWeb({ ...this.#surroundings('web'), port }))
    this.webUrl = server.url
  }

  async worker() {
    await this.#keep('worker', () => startWorker(this.#surroundings('worker')))
  }

  #surroundings(name) {
    return { log: logFile(this.#home, name), home: this.#home, databaseUrl: this.databaseUrl, redisUrl: this.redisUrl }
  }
}

/** Host, port and database of a URL, without its password. */
export function addressOf(url) {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname}`
  } catch {
    return 'that is not a URL'
  }
}

function reasonOf(error) {
  return error.message || error.code || String(error)
}
