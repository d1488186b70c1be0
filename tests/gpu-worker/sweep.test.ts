import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { SearchUpkeep } from '@/gpu-worker/search-upkeep'
import { Sweep } from '@/gpu-worker/sweep'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
beforeEach(async () => {
  await db().job.deleteMany()
})

const sweep = () => new Sweep([], new SearchUpkeep()).run()
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)

async function leave(place: string, hours: number, isFolder = false): Promise<string> {
  const file = inHome(place)
  await mkdir(isFolder ? file : path.dirname(file), { recursive: true })
  if (isFolder) await writeFile(path.join(file, 'model.safetensors'), 'half')
  else await writeFile(file, 'PK')
  await utimes(file, hoursAgo(hours), hoursAgo(hours))
  return file
}

async function importOf(state: 'failed' | 'succeeded'): Promise<string> {
  const job = await makeJob('import-adapter')
  await db().job.update({ where: { id: job.id }, data: { state } })
  const base = await db().model.create({ data: { kind: 'base', name: 'base', directory: `models/${randomUUID()}` } })
  return (await db().adapterImport.create({ data: { name: 'a', source: 'archive', origin: 'a.zip', baseModelId: base.id, jobId: job.id } })).id
}

describe('the sweep', () => {
  it('takes archives and parts of imports away that no open import asks for', async () => {
    const [failed, succeeded] = [await importOf('failed'), await importOf('succeeded')]
    const gone = [await leave(artifactPath.adapterArchive(randomUUID()), 2), await leave(artifactPath.adapterArchive(succeeded), 2), await leave(`${artifactPath.importedAdapter(randomUUID())}.part`, 2, true)]
    const kept = [
      await leave(artifactPath.adapterArchive(failed), 48),
      // Perhaps still on its way: its row comes with its last byte.
      await leave(artifactPath.adapterArchive(randomUUID()), 0),
      await leave(artifactPath.importedAdapter(randomUUID()), 48, true),
      await leave('adapters/notes.zip', 48),
    ]
    await sweep()
    expect(gone.filter(existsSync)).toEqual([])
    expect(kept.filter((file) => !existsSync(file))).toEqual([])
  })

  it('takes half downloads away that nobody will go on with', async () => {
    const job = await makeJob('download-model')
    await db().job.update({ where: { id: job.id }, data: { state: 'cancelled' } })
    const open = await db().modelDownload.create({ data: { hub: 'huggingface', repository: 'a/b', revision: 'main', jobId: job.id } })
    const gone = await leave(artifactPath.downloadPart(randomUUID()), 2, true)
    const kept = await leave(artifactPath.downloadPart(open.id), 48, true)
    await sweep()
    expect([existsSync(gone), existsSync(kept)]).toEqual([false, true])
  })

  it('forgets claims of questions whose job is long over, and no other', async () => {
    const [running, over] = [await makeJob('write-premises'), await makeJob('write-premises')]
    await db().job.update({ where: { id: running.id }, data: { state: 'running', epoch: 1, owner: 'x', leaseUntil: new Date(Date.now() + 60_000) } })
    await db().job.update({ where: { id: over.id }, data: { state: 'succeeded', epoch: 1, finishedAt: hoursAgo(1) } })
    const at = hoursAgo(2)
    await db().questionClaim.createMany({ data: [{ question: 'asked now', jobId: running.id, epoch: 1, at }, { question: 'of an attempt that was fenced', jobId: running.id, epoch: 0, at }, { question: 'long over', jobId: over.id, epoch: 1, at }, { question: 'new', jobId: over.id, epoch: 1 }] })
    await sweep()
    expect((await db().questionClaim.findMany({ orderBy: { question: 'asc' } })).map(({ question }) => question)).toEqual(['asked now', 'new'])
  })
})
