import { Redis } from 'ioredis'
import { afterAll, beforeAll } from 'vitest'
import { startValkey } from '@/bin/services/valkey.mjs'
import { sharedService } from '@/tests/support/service-state'

const numbers = 512

export type TestValkey = { url: string; drop: () => Promise<void> }

/** An empty database of the run's Valkey, by a number that no other test file of the run has. */
export async function createTestValkey(): Promise<TestValkey> {
  const server = await sharedService('valkey', async (directory) => {
    const { url, identity } = await startValkey({
      directory,
      log: `${directory}.log`,
      settings: { databases: String(numbers), appendonly: 'no' },
    })
    return { url, identity }
  })
  const number = 1 + ((await onServer(server, (redis) => redis.incr('databases given out'))) % (numbers - 1))
  const url = `${server}/${number}`
  const empty = () => onServer(url, async (redis) => void (await redis.flushdb()))
  await empty()
  return { url, drop: empty }
}

/** Gives the test file a Valkey database of its own in REDIS_URL, from before its first test until after its last. */
export function useTestValkey(): void {
  let valkey: TestValkey | undefined
  beforeAll(async () => {
    valkey = await createTestValkey()
    process.env.REDIS_URL = valkey.url
  })
  afterAll(async () => {
    await valkey?.drop()
  })
}

async function onServer<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url)
  try {
    return await use(redis)
  } finally {
    redis.disconnect()
  }
}
