import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '@/bin/services/postgres.mjs'
import { applyMigrations } from '@/bin/setup/migrations.mjs'
import { closeDb, db } from '@/lib/db'
import { env } from '@/lib/env'
import type { Handler } from '@/lib/queue/attempt'
import { closeQueues, ring } from '@/lib/queue/enqueue'
import { startWorker } from '@/gpu-worker/worker'
import { forEveryJob } from '@/tests/support/handlers'
import { expectInvariants } from '@/tests/support/invariants'
import { makeJob, readJob, untilSucceeded } from '@/tests/support/jobs'
import { createTestValkey } from '@/tests/support/valkey'

const directory = mkdtempSync(join(tmpdir(), 'molian-postgres-'))
chmodSync(directory, 0o711)
const options = { directory: join(directory, 'postgres'), log: join(directory, 'postgres.log'), settings: { fsync: 'off' } }
let postgres: Awaited<ReturnType<typeof startPostgres>>

beforeAll(async () => {
  postgres = await startPostgres(options)
  await applyMigrations(postgres.url)
  process.env.MOLIAN_HOME = directory
  process.env.DATABASE_URL = postgres.url
  process.env.REDIS_URL = (await createTestValkey()).url
})

afterAll(async () => {
  await closeQueues()
  await closeDb()
  await postgres.stop()
  rmSync(directory, { recursive: true, force: true })
})

test('while PostgreSQL is away a job works on, and what it has to say is written afterwards', async () => {
  let release = () => {}
  const away = new Promise<void>((resolve) => {
    release = resolve
  })
  let started = () => {}
  const isRunning = new Promise<void>((resolve) => {
    started = resolve
  })
  const handler: Handler = async (attempt) => {
    attempt.log('test', 'before')
    await attempt.write((tx) => tx.project.create({ data: { name: `before ${randomUUID()}` } }))
    started()
    await away
    attempt.log('test', 'while it is away')
    attempt.progress({ done: 7, total: 7, phase: 'writing' })
    await attempt.write((tx) => tx.project.create({ data: { name: `written ${randomUUID()}` } }))
    return { told: true }
  }
  const worker = await startWorker(forEveryJob(handler))
  const job = await makeJob('merge-adapter')
  await ring(job)
  await isRunning

  await postgres.stop()
  release()
  // Longer than a heartbeat and a sweep take, so that both meet the closed door.
  await new Promise((resolve) => setTimeout(resolve, 6_000))
  postgres = await startPostgres({ ...options, port: postgres.port })

  expect(await untilSucceeded(job.id, 60_000)).toMatchObject({ result: { told: true }, attempts: 1, epoch: 1, progressDone: 7 })
  const lines = await db().logLine.findMany({ where: { jobId: job.id }, orderBy: { id: 'asc' } })
  expect(lines.map(({ text }) => text)).toEqual(['before', 'while it is away'])
  for (const name of ['before', 'written']) expect(await db().project.count({ where: { name: { startsWith: name } } })).toBe(1)

  const next = await makeJob('merge-adapter')
  await ring(next)
  await untilSucceeded(next.id)
  await worker.stop()
  expect((await readJob(next.id)).attempts).toBe(1)
  await expectInvariants(env().databaseUrl)
})
