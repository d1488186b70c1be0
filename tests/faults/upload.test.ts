import { fork, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { END_BYTES } from '@/lib/stages/uploads/fingerprint'
import { readUploadRow } from '@/lib/stages/uploads/uploads'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { jsonLines, modernProse } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'

useStudio()
const kills = 3
const received = z.object({ id: z.string(), state: z.string(), offset: z.number() })
let web: ChildProcess | undefined
afterEach(async () => {
  await kill()
})

/** A process that answers the studio's upload routes; its origin. */
async function startWeb(): Promise<string> {
  web = fork(join(import.meta.dirname, '../support/upload-server.ts'), { execArgv: ['--import', 'tsx'], env: process.env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [port] = await once(web, 'message')
  return `http://127.0.0.1:${z.number().parse(port)}`
}

async function kill(): Promise<void> {
  if (!web || web.exitCode !== null || web.signalCode !== null) return
  const ended = once(web, 'exit')
  web.kill('SIGKILL')
  await ended
}

async function ask(origin: string, path: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<z.output<typeof received>> {
  const answer = await fetch(`${origin}${path}`, { ...init, headers: { origin } })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return received.parse(await answer.json())
}

/** The bytes from `offset` on, the last of which never comes where `until` says where to stop. */
function body(content: Buffer, offset: number, until = content.length): ReadableStream<Uint8Array> {
  let at = offset
  return new ReadableStream({
    async pull(controller) {
      if (at < until) {
        controller.enqueue(content.subarray(at, Math.min(until, at + 65_536)))
        at += 65_536
      } else if (until === content.length) controller.close()
      else await new Promise(() => {})
    },
  })
}

test('a web process killed three times in the middle of an upload loses no byte of it', async () => {
  const projectId = await makeProject()
  const content = Buffer.from(jsonLines(Array.from({ length: 30 }, (_, index) => ({ name: `书${index}`, text: modernProse(40_000, index) }))))
  const query = new URLSearchParams({ project: projectId, kind: 'novels', name: '三十本.json', bytes: String(content.length) })
  const ends = new Uint8Array(Buffer.concat([content.subarray(0, END_BYTES), content.subarray(content.length - END_BYTES)]))
  let reached = 0
  for (let death = 1; death <= kills; death += 1) {
    const origin = await startWeb()
    const begun = await ask(origin, `/api/uploads?${query}`, { method: 'POST', body: ends })
    // Of what has been said to be here nothing is gone.
    expect(begun.offset).toBeGreaterThanOrEqual(reached)
    const until = Math.floor((content.length * death) / (kills + 1))
    const sending = ask(origin, `/api/uploads/${begun.id}?offset=${begun.offset}`, { method: 'PATCH', duplex: 'half', body: body(content, begun.offset, until) }).catch(() => 'broken')
    // Another request may say how far it is: nothing announces each byte.
    while ((reached = (await ask(origin, `/api/uploads/${begun.id}`)).offset) < until) await pause(20)
    await kill()
    expect(await sending).toBe('broken')
    expect(await readUploadRow(begun.id)).toMatchObject({ state: 'receiving' })
  }
  const origin = await startWeb()
  const begun = await ask(origin, `/api/uploads?${query}`, { method: 'POST', body: ends })
  expect(begun).toMatchObject({ state: 'receiving', offset: reached })
  const whole = await ask(origin, `/api/uploads/${begun.id}?offset=${begun.offset}`, { method: 'PATCH', duplex: 'half', body: body(content, begun.offset) })
  expect(whole).toMatchObject({ id: begun.id, state: 'reading', offset: content.length })

  const hash = createHash('sha256')
  const onDisk: AsyncIterable<Buffer> = createReadStream(inHome(artifactPath.upload(begun.id)))
  for await (const piece of onDisk) hash.update(piece)
  expect(hash.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'))
  await runNextWell()
  expect(await readUploadRow(begun.id)).toMatchObject({ state: 'ready', accepted: 30, rejected: 0, sha256: createHash('sha256').update(content).digest('hex') })
  expect(await db().upload.count({ where: { projectId } })).toBe(1)
  await expectInvariants(env().databaseUrl)
})
