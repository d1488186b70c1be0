import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { artifactPath, inHome, syncDirectory } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { ModelDownload } from '@/lib/generated/prisma/client'
import { inspectModelFolder, refuseOwnCode } from '@/lib/models/folder'
import { hubDoor, type HubDoor } from '@/lib/models/hub/access'
import { fetchedBytes, fetchFile } from '@/lib/models/hub/fetch-file'
import { fileUrl, listedFile, listFiles, type ListedFile } from '@/lib/models/hub/listing'
import { HubInterrupted } from '@/lib/models/hub/request'
import { versionOf, wantedFiles } from '@/lib/models/hub/wanted-files'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { registerFolder } from '@/lib/stages/models'
import { kibibytes } from '@/lib/stages/models/downloads'

/** At once: more than one fills the line while small files come and go, many more only share it. */
const filesAtOnce = 3

const filesSchema = z.array(listedFile)

/** Fetches a model from a hub: what is on disk stays, each file is proved by its hash, and the folder is looked at before it is one. */
export const downloadModel: Handler = async (attempt) => {
  const download = await db().modelDownload.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const door = await hubDoor(download.hub)
  attempt.progress({ done: 0, total: 0, phase: 'listing-files' })
  const { commit, files } = await listing(attempt, download, door)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const part = inHome(artifactPath.downloadPart(download.id))
  const directory = artifactPath.downloadedModel(download.hub, download.repository, versionOf(files))
  const isHere = (await stat(inHome(directory)).catch(() => null)) !== null
  if (!isHere) {
    await fetchAll(attempt, { door, download, commit, files, bytes, part })
    attempt.progress({ done: kibibytes(bytes), total: kibibytes(bytes), phase: 'checking' })
    await inspectModelFolder(part)
    await mkdir(path.dirname(inHome(directory)), { recursive: true })
    attempt.signal.throwIfAborted()
    await rename(part, inHome(directory))
    await syncDirectory(path.dirname(inHome(directory)))
  }
  await rm(part, { recursive: true, force: true })
  const model = await registerFolder(download.repository, inHome(directory))
  await attempt.write(async (tx) => {
    // A model fetched twice is the newer download's.
    await tx.modelDownload.updateMany({ where: { modelId: model.id }, data: { modelId: null } })
    await tx.modelDownload.update({ where: { id: download.id }, data: { modelId: model.id } })
  })
  return { modelId: model.id, bytes, files: files.length }
}

/** What the hub listed when this download began: the same files are gone on with, whatever has been published since. */
async function listing(attempt: Attempt, download: ModelDownload, door: HubDoor): Promise<{ commit: string | null; files: ListedFile[] }> {
  if (download.files !== null) return { commit: download.commit, files: filesSchema.parse(download.files) }
  const listed = await listFiles(door, download, attempt.signal).catch((error: unknown) => {
    throw error instanceof HubInterrupted ? error.error : error
  })
  const files = wantedFiles(listed.files, download.repository)
  const bytes = files.reduce((sum, file) => sum + BigInt(file.bytes), 0n)
  await attempt.write((tx) => tx.modelDownload.update({ where: { id: download.id }, data: { commit: listed.commit, files, bytes } }))
  return { commit: listed.commit, files }
}

type Fetch = { door: HubDoor; download: ModelDownload; commit: string | null; files: ListedFile[]; bytes: number; part: string }

async function fetchAll(attempt: Attempt, { door, download, commit, files, bytes, part }: Fetch): Promise<void> {
  await mkdir(part, { recursive: true })
  const stop = new AbortController()
  const signal = AbortSignal.any([attempt.signal, stop.signal])
  let done = 0
  for (const file of files) done += await fetchedBytes(part, file)
  await requireSpace(part, download, bytes - done)
  const onBytes = (more: number) => {
    done += more
    attempt.progress({ done: kibibytes(done), total: kibibytes(bytes), phase: 'downloading' })
  }
  onBytes(0)
  const fetchOne = (file: ListedFile) => fetchFile({ door, url: fileUrl(door, download, commit, file.path), file, directory: part, signal, onBytes })
  const [weights, others] = [files.filter(isWeights), files.filter((file) => !isWeights(file))]
  await atOnce(others, fetchOne, stop)
  // Before gigabytes are fetched for nothing.
  await refuseOwnCode(part, files.map((file) => file.path))
  await atOnce(weights, fetchOne, stop)
  attempt.log('worker', `${files.length} files, ${bytes} bytes, each proved by its hash`)
}

async function atOnce(files: readonly ListedFile[], fetchOne: (file: ListedFile) => Promise<void>, stop: AbortController): Promise<void> {
  const waiting = [...files]
  let failure: { error: unknown } | undefined
  const lane = async () => {
    for (let file = waiting.shift(); file !== undefined && failure === undefined; file = waiting.shift()) {
      await fetchOne(file).catch((error: unknown) => {
        failure ??= { error }
        stop.abort()
      })
    }
  }
  await Promise.all(Array.from({ length: filesAtOnce }, lane))
  if (failure) throw failure.error
}

async function requireSpace(part: string, { repository }: ModelDownload, needs: number): Promise<void> {
  const { bavail, bsize } = await statfs(part)
  const gigabytes = (count: number) => (count / 1e9).toFixed(1)
  if (bavail * bsize < needs) throw new MolianError('hub.no-space', { what: repository, needs: gigabytes(needs), free: gigabytes(bavail * bsize) })
}

function isWeights(file: ListedFile): boolean {
  return file.path.endsWith('.safetensors')
}
