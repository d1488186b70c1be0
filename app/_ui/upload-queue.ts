import { useSyncExternalStore } from 'react'
import type { UploadKind } from '@/lib/generated/prisma/client'
import { giveUp, sendInPieces } from '@/app/_ui/send-in-pieces'
import { SendFailure } from '@/app/_ui/send-request'

/** A file on its way to the studio. `known`: the studio had these bytes already. */
export type QueuedFile = {
  key: number
  file: File
  projectId: string
  kind: UploadKind
  state: 'waiting' | 'sending' | 'lost' | 'paused' | 'failed' | 'known'
  uploadId: string | null
  sent: number
  /** Bytes a second over the last seconds; 0 while that is unknown. */
  speed: number
  failure: { reason: SendFailure['reason']; sentence: string } | null
}

const none: readonly QueuedFile[] = []
const speedWindowMs = 5_000

// One queue for the whole studio, outside of any page: going to another page stops nothing.
let files: readonly QueuedFile[] = none
let nextKey = 1
let current: { key: number; stop: AbortController } | null = null
const hearers = new Set<() => void>()

/** The files on their way, of all projects, in their order. */
export function useUploadQueue(): readonly QueuedFile[] {
  return useSyncExternalStore(subscribe, () => files, () => none)
}

/** Puts files at the queue's end; one that is in it already goes on instead of coming twice. */
export function queueFiles(chosen: readonly File[], to: { projectId: string; kind: UploadKind }): void {
  for (const file of chosen) {
    const same = files.find((each) => each.projectId === to.projectId && each.kind === to.kind && isSame(each.file, file))
    if (same) change(same.key, { file, ...(isResting(same) ? { state: 'waiting', failure: null } : {}) })
    else set([...files, { key: nextKey++, file, ...to, state: 'waiting', uploadId: null, sent: 0, speed: 0, failure: null }])
  }
  void work()
}

/** Stops sending a file for now; what has arrived stays. */
export function pauseFile(key: number): void {
  change(key, { state: 'paused', speed: 0 })
  if (current?.key === key) current.stop.abort()
}

export function resumeFile(key: number): void {
  change(key, { state: 'waiting', failure: null })
  void work()
}

/** Takes a file out of the queue; what of it has arrived is given up. */
export function cancelFile(key: number): void {
  const file = files.find((each) => each.key === key)
  set(files.filter((each) => each.key !== key))
  if (current?.key === key) current.stop.abort()
  if (file?.uploadId && file.state !== 'known') void giveUp(file.uploadId)
}

async function work(): Promise<void> {
  if (current) return
  const next = files.find(({ state }) => state === 'waiting')
  if (!next) return
  const { key, file } = next
  const stop = new AbortController()
  current = { key, stop }
  change(key, { state: 'sending', speed: 0 })
  const pace = paceOf()
  try {
    const received = await sendInPieces(file, next, {
      signal: stop.signal,
      onProgress: ({ uploadId, sent, lost }) => change(key, { uploadId: uploadId || null, sent, speed: lost ? 0 : pace(sent), state: lost ? 'lost' : 'sending' }),
    })
    // What is read of it stands on the page; only that nothing new came is said here.
    const own = files.find((each) => each.key === key)?.uploadId
    if (own !== null && received.id !== own) change(key, { state: 'known', uploadId: received.id, sent: file.size })
    else set(files.filter((each) => each.key !== key))
  } catch (error) {
    if (!stop.signal.aborted) {
      const failure = error instanceof SendFailure ? { reason: error.reason, sentence: error.message } : { reason: 'broken' as const, sentence: '' }
      change(key, { state: 'failed', speed: 0, failure })
    }
  }
  current = null
  void work()
}

/** Bytes a second from how much had been sent when, over the last seconds. */
function paceOf(): (sent: number) => number {
  const marks: { at: number; sent: number }[] = []
  return (sent) => {
    const now = performance.now()
    marks.push({ at: now, sent })
    while (marks.length > 2 && (marks[0]?.at ?? 0) < now - speedWindowMs) marks.shift()
    const first = marks[0]
    return first && now > first.at ? Math.max(0, (sent - first.sent) / ((now - first.at) / 1000)) : 0
  }
}

function isSame(one: File, other: File): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified
}

function isResting({ state }: QueuedFile): boolean {
  return state === 'paused' || state === 'failed' || state === 'known'
}

function change(key: number, changes: Partial<QueuedFile>): void {
  set(files.map((each) => (each.key === key ? { ...each, ...changes } : each)))
}

function set(next: readonly QueuedFile[]): void {
  files = next
  for (const hear of hearers) hear()
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}
