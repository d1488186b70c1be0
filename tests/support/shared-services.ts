import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { stopPostgres } from '@/bin/services/postgres.mjs'
import { stopValkey } from '@/bin/services/valkey.mjs'
import { serviceState } from '@/tests/support/service-state'

declare module 'vitest' {
  export interface ProvidedContext {
    servicesDirectory: string
  }
}

/**
 * One directory a run for the PostgreSQL and the Valkey that test files share. They are started by the
 * first file that asks (a run of pure tests starts none) and ended here.
 */
export default function setup(project: TestProject) {
  const directory = mkdtempSync(join(tmpdir(), 'molian-tests-'))
  // PostgreSQL's own user must reach its cluster in there.
  chmodSync(directory, 0o711)
  project.provide('servicesDirectory', directory)
  return async () => {
    for (const [name, stop] of [['valkey', stopValkey], ['postgres', stopPostgres]] as const) {
      const file = join(directory, `${name}.json`)
      if (existsSync(file)) await stop(serviceState.parse(JSON.parse(readFileSync(file, 'utf8'))).identity)
    }
    rmSync(directory, { recursive: true, force: true })
  }
}
