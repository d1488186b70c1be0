import { hostname } from 'node:os'
import { inHome } from '@/lib/artifacts'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { log } from '@/lib/log'
import { inspectModelFolder } from '@/lib/models/folder'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { findServing, keyOf, type ServingEntry } from '@/lib/stages/engine/servings'
import { modelDirectory } from '@/lib/stages/models'
import { adapterName } from '@/lib/stages/models/merging'
import { thisDevice } from '@/gpu-worker/device'
import { orAborted } from '@/gpu-worker/engine/turns'
import { withEngine } from '@/gpu-worker/engine/with-engine'
import { ServingCounts } from '@/gpu-worker/stages/serve-model/counts'
import { openProxy, type Proxy } from '@/gpu-worker/stages/serve-model/proxy'

/** Serves a model for other programs until that is cancelled: holds the engine, and stands before it with a key. */
export const serveModel: Handler = async (attempt) => {
  const found = await findServing(attempt.subjectId)
  if (!found) throw new MolianError('run.missing', { what: 'model' })
  const { serving, adapters } = found
  if (serving.model.deletedAt) throw new MolianError('model.deleted', { name: serving.model.name })
  const directory = modelDirectory(serving.model)
  await inspectModelFolder(directory)
  const named = adapters.map((adapter) => ({ name: adapterName(adapter), directory: inHome(adapter.directory) }))
  const wanted = { modelDirectory: directory, servedName: serving.model.name, maxModelLength: serving.context, attempt, adapters: named }
  return withEngine(wanted, async (server) => {
    const names = [server.servedName]
    for (const adapter of named) names.push(await server.adapter(adapter))
    const counts = new ServingCounts(attempt, serving, (await thisDevice()).name)
    const proxy = await openAtItsPort(attempt, serving, { engine: server.baseUrl, names, counts })
    try {
      const host = env().serveHost === '0.0.0.0' || env().serveHost === '::' ? hostname() : env().serveHost
      await attempt.write(async (tx) => {
        await tx.serving.update({ where: { id: serving.id }, data: { host, port: proxy.port, servedNames: names } })
        await announce(tx, { project: null, topic: 'engine', id: serving.id })
      })
      attempt.log('worker', `Served at http://${host}:${proxy.port}/v1 as ${names.join(', ')}`)
      attempt.progress({ done: 0, total: 0, phase: 'serving' })
      return await orAborted(new Promise<never>(() => {}), server.signal)
    } finally {
      await proxy.close()
      await counts.close()
    }
  })
}

/** At the port that is set, else at the one it had last, else at any. Throws serving.port-taken for the one that is set. */
async function openAtItsPort(attempt: Attempt, serving: ServingEntry, behind: { engine: string; names: readonly string[]; counts: ServingCounts }): Promise<Proxy> {
  const { serveHost: host, servePort } = env()
  let key = await keyOf(serving.id)
  attempt.onBeat(() => void keyOf(serving.id).then((renewed) => (key = renewed), (error: unknown) => log.warn({ err: error, serving: serving.id }, 'the key could not be read again')))
  const open = (port: number) => openProxy({ host, port, ...behind, key: () => key })
  const port = servePort ?? serving.port ?? 0
  try {
    return await open(port)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))) throw error
    if (servePort !== undefined) throw new MolianError('serving.port-taken', { port, host }, { cause: error })
    return open(0)
  }
}
