import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { env } from '@/lib/env'

/** Every file Molian keeps, by what it is. Rows hold these paths relative to the home, so that a home can move. */
export const artifactPath = {
  upload: (uploadId: string) => path.join('uploads', uploadId),
  /** An upload until its last byte has come. */
  uploadPart: (uploadId: string) => path.join('uploads', `${uploadId}.part`),
  dataset: (datasetVersionId: string) => path.join('datasets', datasetVersionId),
  trainingPairs: (datasetVersionId: string) => path.join('datasets', datasetVersionId, 'training.jsonl'),
  validationPairs: (datasetVersionId: string) => path.join('datasets', datasetVersionId, 'validation.jsonl'),
  pairImport: (pairImportId: string) => path.join('imports', pairImportId),
  trainingRun: (trainingRunId: string) => path.join('runs', trainingRunId),
  /** The trainer's own names in the run's directory: ADAPTER of train_adapter.py, checkpoint_name of answer_trainer.py, STOP_AND_KEEP of stop_requests.py. */
  adapter: (trainingRunId: string) => path.join('runs', trainingRunId, 'adapter'),
  checkpoint: (trainingRunId: string, step: number) => path.join('runs', trainingRunId, 'checkpoints', `step-${String(step).padStart(8, '0')}`),
  stopAndKeep: (trainingRunId: string) => path.join('runs', trainingRunId, 'stop-and-keep'),
  mergedModel: (trainingRunId: string) => path.join('models', 'merged', trainingRunId),
  starterModel: () => path.join('models', 'starter'),
  /** What was fetched from a hub; `version` tells what its files were then. */
  downloadedModels: (hub: string) => path.join('models', hub),
  downloadedModel: (hub: string, repository: string, version: string) => path.join('models', hub, `${repository.replace('/', '--')}@${version}`),
  /** A download until its last file is whole. */
  downloadPart: (downloadId: string) => path.join('models', 'downloads', downloadId),
  importedAdapter: (importId: string) => path.join('adapters', importId),
  adapterArchive: (importId: string) => path.join('adapters', `${importId}.zip`),
  submissionDirectory: (submissionId: string) => path.join('submissions', submissionId),
  submission: (submissionId: string) => path.join('submissions', submissionId, 'submit.json'),
  engineLog: (runId: string) => path.join('logs', 'engine', `${runId}.log`),
  jobDirectory: (jobId: string) => path.join('runs', 'jobs', jobId),
  keyFile: () => 'key',
}

/** Absolute path of an artifact; refuses a path that would leave the home. */
export function inHome(relative: string): string {
  const home = env().home
  const absolute = path.resolve(home, relative)
  if (absolute !== home && !absolute.startsWith(home + path.sep)) throw new Error(`Path leaves the home: ${relative}`)
  return absolute
}

/** Writes a file whole or not at all: temp in the same directory, fsync, rename, fsync of the directory. */
export async function writeAtomically(file: string, parts: AsyncIterable<string> | Iterable<string>): Promise<{ sha256: string; bytes: number }> {
  await mkdir(path.dirname(file), { recursive: true })
  const temporary = `${file}.${randomUUID()}.part`
  const hash = createHash('sha256')
  let bytes = 0
  const handle = await open(temporary, 'wx')
  try {
    for await (const buffer of joined(parts)) {
      hash.update(buffer)
      bytes += buffer.length
      await handle.writeFile(buffer)
    }
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(temporary, { force: true })
    throw error
  }
  await handle.close()
  await rename(temporary, file)
  await syncDirectory(path.dirname(file))
  return { sha256: hash.digest('hex'), bytes }
}

/** Parts in pieces worth a write: a file of a hundred thousand lines is not written line by line. */
async function* joined(parts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let waiting: string[] = []
  let length = 0
  for await (const part of parts) {
    waiting.push(part)
    length += part.length
    if (length < 64 * 1024) continue
    yield Buffer.from(waiting.join(''), 'utf8')
    waiting = []
    length = 0
  }
  if (length > 0) yield Buffer.from(waiting.join(''), 'utf8')
}

/** Makes a rename in `directory` survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  await handle.sync().finally(() => handle.close())
}

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
