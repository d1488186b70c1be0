import { Redis } from 'ioredis'
import { env } from '@/lib/env'

/** For ringing: fails fast, because the sweep will ring again. */
export function ringingConnection(): Redis {
  return quiet(new Redis(env().redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true }))
}

/** For hearing: waits through any outage of the queue. */
export function hearingConnection(): Redis {
  return quiet(new Redis(env().redisUrl, { maxRetriesPerRequest: null }))
}

function quiet(redis: Redis): Redis {
  // ioredis reconnects by itself; without a listener each try would be an unhandled error.
  redis.on('error', () => {})
  return redis
}
