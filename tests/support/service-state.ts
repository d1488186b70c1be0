import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'
import { z } from 'zod'
import { releaseLock, takeLock } from '@/bin/lock-file.mjs'

export const serviceState = z.object({
  url: z.string(),
  identity: z.object({ pid: z.number(), startTime: z.string() }),
})

/** The URL of a service that the whole run shares; the first test file that asks starts it. */
export async function sharedService(name: 'postgres' | 'valkey', start: (directory: string) => Promise<unknown>): Promise<string> {
  const directory = inject('servicesDirectory')
  const file = join(directory, `${name}.json`)
  const lock = join(directory, `${name}.lock`)
  for (;;) {
    if (existsSync(file)) return serviceState.parse(JSON.parse(readFileSync(file, 'utf8'))).url
    if (takeLock(lock).taken) break
    await pause(50)
  }
  try {
    if (!existsSync(file)) {
      const written = `${file}.partial`
      writeFileSync(written, JSON.stringify(serviceState.parse(await start(join(directory, name)))))
      // Those who look without the lock see it whole or not at all.
      renameSync(written, file)
    }
    return serviceState.parse(JSON.parse(readFileSync(file, 'utf8'))).url
  } finally {
    releaseLock(lock)
  }
}
