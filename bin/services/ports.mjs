import { createServer } from 'node:net'
import { SetupFailure } from '../failure.mjs'

/** Is this port of 127.0.0.1 free right now? */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** A free port of 127.0.0.1: the preferred one if it can be had, else one the system picks, unless no other will do. */
export async function freePort(preferred, mustHavePort = false) {
  if (preferred && (await isFree(preferred))) return preferred
  if (mustHavePort) throw new SetupFailure('port.taken', { port: preferred })
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** The first free port from `first` upwards, looking at fifty of them; null when all are taken. */
export async function nextFreePort(first) {
  for (let port = first; port < first + 50; port += 1) if (await isFree(port)) return port
  return null
}
