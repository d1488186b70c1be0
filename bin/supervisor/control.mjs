import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

/**
 * The door through which commands join a running studio: a port of 127.0.0.1, one JSON object a line.
 * A command that joins says the token of studio.json and what it needs, and belongs to the studio as
 * long as its connection lives: when the last one is gone, however it went, `onEmpty` is called.
 */
export function openControl({ token, onJoin, onEmpty }) {
  const members = new Set()
  const server = createServer((socket) => {
    socket.on('error', () => {})
    const send = (message) => socket.writable && socket.write(`${JSON.stringify(message)}\n`)
    let isMember = false
    createInterface({ input: socket }).on('line', (line) => {
      const message = parse(line)
      if (!isMember) {
        if (!isToken(message?.token, token)) return socket.destroy()
        isMember = true
        members.add(send)
        return onJoin({ web: message.web === true, worker: message.worker === true, port: message.port }, send)
      }
      if (message?.leave) {
        members.delete(send)
        isMember = false
        send({ bye: true, last: members.size === 0 })
        socket.end()
        if (members.size === 0) onEmpty()
      }
    }).on('error', () => {})
    socket.on('close', () => {
      if (members.delete(send) && members.size === 0) onEmpty()
    })
  })
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(0, '127.0.0.1', () => resolve(server.address().port))
      }),
    tellAll: (message) => members.forEach((send) => send(message)),
    isEmpty: () => members.size === 0,
    close: () => server.close(),
  }
}

function parse(line) {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function isToken(said, token) {
  if (typeof said !== 'string' || said.length !== token.length) return false
  return timingSafeEqual(Buffer.from(said), Buffer.from(token))
}
