import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { brokenInvariants, readInvariants } from '@/bin/doctor/invariants.mjs'
import { checkout } from '@/bin/home.mjs'
import { createTestDatabase } from '@/tests/support/postgres'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

const reportSchema = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['good', 'later', 'note', 'bad']),
      found: z.string().nullable().optional(),
      advice: z.string().optional(),
    }),
  ),
})

function doctor(args: string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [join(checkout, 'bin/molian.mjs'), 'doctor', ...args], {
    encoding: 'utf8',
    env: { NODE_ENV: 'test', PATH: process.env.PATH, MOLIAN_HOME: join(temporaryDirectory(), 'home'), ...env },
  })
}

describe('doctor', () => {
  it('says what the machine has, in JSON and in words, and exits by whether something is missing', () => {
    const { stdout, status } = doctor(['--json'])
    const report = reportSchema.parse(JSON.parse(stdout))
    const names = report.checks.map(({ name }) => name)
    for (const name of ['cores', 'memory', 'disk', 'python', 'torch', 'vllm', 'gpu', 'browser', 'model', 'postgres', 'valkey', 'studio']) {
      expect(names).toContain(name)
    }
    expect(report.ok).toBe(report.checks.every((check) => check.status !== 'bad'))
    expect(status).toBe(report.ok ? 0 : 1)
    const words = doctor([], { LANG: 'zh_CN.UTF-8' }).stdout
    expect(words.trim().split('\n')).toHaveLength(names.length)
    expect(words).toContain('可用磁盘')
  })

  it('says what to do about everything that is wrong or missing', () => {
    const report = reportSchema.parse(JSON.parse(doctor(['--json']).stdout))
    for (const check of report.checks) if (check.status !== 'good') expect(check.advice, check.name).toMatch(/\S/)
  })
})

describe('the invariants', () => {
  it('are named queries that hold on an empty database', async () => {
    const invariants = readInvariants()
    expect(invariants.length).toBeGreaterThan(5)
    for (const { name, query } of invariants) expect([name, query]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/SELECT/i)])
    const database = await createTestDatabase()
    expect(await brokenInvariants(database.url)).toEqual([])
    await database.drop()
  })
})
