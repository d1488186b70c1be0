import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { makeHome, molianHome } from '../home.mjs'
import { releaseLock, rewriteLock, takeLock } from '../lock-file.mjs'
import { openControl } from './control.mjs'
import { endLeftovers } from './leftovers.mjs'
import { rotateLogs } from './log-files.mjs'
import { Studio } from './studio.mjs'

// The process behind a running studio. Commands start it (supervise.mjs) and join it; it ends when the
// last of them has gone, so that nothing runs on without anybody wanting it.

const firstJoinWithinMs = 30_000

const home = molianHome()
makeHome(home)
rotateLogs(home)
const file = join(home, 'studio.json')
const token = randomBytes(24).toString('base64url')

let isStopping = false

const control = openControl({ token, onJoin: welcome, onEmpty: () => stop('nobody needs it any more') })
const controlPort = await control.listen()
const lock = takeLock(file, { control: { port: controlPort, token } })
if (!lock.taken) {
  say(`another supervisor (process ${lock.holder?.pid}) has this home`)
  process.exit(0)
}
say(`supervises ${home}`)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal))
setInterval(() => rotateLogs(home), 60_000).unref()
setTimeout(() => control.isEmpty() && stop('nobody joined'), firstJoinWithinMs).unref()

const isReady = endLeftovers(lock.before)
const studio = new Studio({ home, before: lock.before, onChange })

async function welcome(needs, send) {
  if (isStopping) return send({ stopping: true })
  try {
    await isReady
    await studio.provide(needs, send)
    const { databaseUrl, redisUrl, webUrl } = studio
    send({ ready: { databaseUrl, redisUrl, webUrl } })
  } catch (error) {
    say(error.stack)
    const known = error instanceof SetupFailure
    send({ failed: known ? { code: error.code, params: error.params } : { code: 'internal', params: { reason: error.message } } })
  }
}

/** Writes down who runs and where, for commands that join and for a successor that must clear up. */
function onChange(event) {
  if (event) {
    say(`${event.died} ended (${event.how}); starting it again in ${event.waitMs / 1000} s`)
    control.tellAll(event)
  }
  if (isStopping) return
  const { databaseUrl, redisUrl, webUrl } = studio
  const ports = { postgres: portOf(databaseUrl), valkey: portOf(redisUrl), web: portOf(webUrl) }
  rewriteLock(file, { control: { port: controlPort, token }, databaseUrl, redisUrl, webUrl, ports, children: studio.children() })
}

async function stop(why) {
  if (isStopping) return
  isStopping = true
  say(`stops: ${why}`)
  control.tellAll({ stopping: true })
  try {
    await studio.stop()
  } catch (error) {
    say(error.stack)
  }
  releaseLock(file)
  control.close()
  say('stopped')
  process.exit(0)
}

function portOf(url) {
  return url ? Number(new URL(url).port) : null
}

function say(what) {
  console.log(`${new Date().toISOString()} ${what}`)
}
