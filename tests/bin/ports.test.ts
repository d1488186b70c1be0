import { createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { freePort, nextFreePort } from '@/bin/services/ports.mjs'
import { choosePort } from '@/bin/services/web.mjs'

async function takenPort(): Promise<number> {
  const server = createServer()
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

it('refuses a MOLIAN_PORT that is taken, or is no port', async () => {
  const port = await takenPort()
  await expect(choosePort({ MOLIAN_PORT: String(port) })).rejects.toThrow(`Port ${port} is taken`)
  await expect(choosePort({ MOLIAN_PORT: 'http' })).rejects.toThrow('must be a number')
})

it('takes the next free port, or any when the preferred one is taken', async () => {
  const port = await takenPort()
  expect(await nextFreePort(port)).toBeGreaterThan(port)
  expect(await freePort(port)).not.toBe(port)
  await expect(freePort(port, true)).rejects.toThrow(`Port ${port} is taken`)
})
