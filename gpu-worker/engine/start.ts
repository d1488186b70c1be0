import { mkdir, open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { artifactPath, inHome } from '@/lib/artifacts'
import { MolianError } from '@/lib/errors'
import type { Attempt } from '@/lib/queue/attempt'
import { thisDevice } from '@/gpu-worker/device'
import { freePort } from '@/gpu-worker/engine/free-port'
import { untilReady } from '@/gpu-worker/engine/health'
import type { ParallelSizes } from '@/gpu-worker/engine/parallel'
import { engineStart, type ServedModel } from '@/gpu-worker/engine/settings'
import { owner } from '@/gpu-worker/owner'
import { spawnTethered, type Child } from '@/gpu-worker/process/spawn'
import { lastLines } from '@/gpu-worker/process/tail'

export type Engine = {
  /** With `/v1`, as OpenAI clients want it. */
  baseUrl: string
  /** Rejects with MolianError when the engine ends without having been asked to; never resolves. */
  died: Promise<never>
  stop(): Promise<void>
}

/** Whose start it is: the id that names the log and marks the processes, what ends the starting, and who hears why it failed. */
export type StartedBy = Pick<Attempt, 'jobId' | 'epoch' | 'signal' | 'log'>

/** Large models on slow disks take minutes; an engine that can never start says so by ending. */
const readyWithinMs = 15 * 60_000
const graceSeconds = 5
const portTries = 3

/** Starts vLLM and waits until it serves the model. Throws MolianError with its last words when it does not. */
export async function startEngine(model: ServedModel, by: StartedBy, parallel?: ParallelSizes): Promise<Engine> {
  const logFile = inHome(artifactPath.engineLog(by.jobId))
  await mkdir(path.dirname(logFile), { recursive: true })
  for (let tried = 1; ; tried += 1) {
    const log = await open(logFile, 'a')
    try {
      return await startOnce(model, by, parallel, log, logFile)
    } catch (error) {
      const isPortTaken = error instanceof MolianError && /address already in use/i.test(String(error.params.reason))
      if (!isPortTaken || tried === portTries) throw error
    } finally {
      await log.close()
    }
  }
}

async function startOnce(model: ServedModel, by: StartedBy, parallel: ParallelSizes | undefined, log: FileHandle, logFile: string): Promise<Engine> {
  by.signal.throwIfAborted()
  const port = await freePort()
  const { args, environment } = engineStart(model, port, await thisDevice(), parallel)
  const { size: logStart } = await log.stat()
  const marker = { jobId: by.jobId, epoch: by.epoch, owner }
  const child = spawnTethered({ marker, args, environment, graceSeconds, output: log.fd })
  const origin = `http://127.0.0.1:${port}`
  const settled = new AbortController()
  try {
    await Promise.race([
      untilReady(origin, model.servedName, AbortSignal.any([by.signal, settled.signal])),
      child.exited.then(async (code) => {
        throw await notReady(code, logFile, logStart)
      }),
      pause(readyWithinMs, undefined, { ref: false, signal: settled.signal }).then(async () => {
        throw await notReady(null, logFile, logStart)
      }),
    ])
  } catch (error) {
    settled.abort()
    await child.end()
    by.signal.throwIfAborted()
    for (const line of await lastLines(logFile, logStart, 40)) by.log('engine', line)
    throw error
  }
  settled.abort()
  return { baseUrl: `${origin}/v1`, died: death(child, logFile, logStart), stop: () => child.end() }
}

async function death(child: Child, logFile: string, logStart: number): Promise<never> {
  const code = await child.exited
  if (code === 137) throw new MolianError('engine.killed')
  throw new MolianError('engine.died', { code, reason: await lastWords(logFile, logStart) })
}

async function notReady(code: number | null, logFile: string, logStart: number): Promise<MolianError> {
  if (code === 137) return new MolianError('engine.killed')
  const how = code === null ? `${readyWithinMs / 60_000} min` : `exit ${code}`
  return new MolianError('engine.not-ready', { how, reason: await lastWords(logFile, logStart), log: logFile })
}

async function lastWords(logFile: string, start: number): Promise<string> {
  const lines = await lastLines(logFile, start, 40)
  // A traceback's last line says what happened; lines after it are only the way out.
  const telling = lines.findLast((line) => /\b[A-Z]\w*(Error|Exception): |Value error, |address already in use/.test(line))
  return (telling ?? lines.at(-1) ?? '–').replace(/^\(\w+ pid=\d+\)/, '').trim().slice(0, 500)
}
