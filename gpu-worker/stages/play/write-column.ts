import { asMolianError, MolianError } from '@/lib/errors'
import { streamAskerFor, type StreamPatience } from '@/lib/llm/ask-streaming'
import type { Server } from '@/lib/llm/ask'
import type { Attempt } from '@/lib/queue/attempt'
import { LeaseLost } from '@/lib/queue/lease'
import { columnSettings } from '@/lib/stages/playground/plays'
import { ColumnOut, type ServedWeights } from '@/gpu-worker/stages/play/column-out'
import type { OpenColumn } from '@/gpu-worker/stages/play/open-columns'
import { storyQuestion } from '@/gpu-worker/stages/write-stories/story-question'

/** Where a column is asked. `served`: the name that the engine must answer by; an endpoint is called what it calls itself. */
export type ColumnServer = { servers: readonly [Server, ...Server[]]; served: string | null; priority?: number; weights: ServedWeights; patience: StreamPatience; signal: AbortSignal }

/**
 * Has one column written by the server that `open` gives, and keeps how it ended: written, stopped by a person, or failed and why, which
 * is also what it resolves with. Rejects only when the attempt itself is over.
 */
export async function writeColumn(attempt: Attempt, column: OpenColumn, stop: AbortSignal, open: () => Promise<ColumnServer>): Promise<MolianError | null> {
  const broken = new AbortController()
  const out = new ColumnOut(attempt, column.playId, column.place, (error) => broken.abort(error))
  try {
    stop.throwIfAborted()
    const { servers, served, priority, weights, patience, signal } = await open()
    await out.begin(weights)
    const { sampling } = columnSettings.parse(column.settings)
    const { premise, instruction } = column.play
    const question = storyQuestion({ input: premise, instruction }, sampling.seed, column.promptVersion, sampling)
    const ask = streamAskerFor(servers, patience)
    const answer = await ask({ ...question, priority }, AbortSignal.any([signal, stop, broken.signal]), (heard) => {
      checkName(heard.servedModel, served)
      out.hear(heard)
    })
    checkName(answer.servedModel, served)
    await out.written({ ...answer, servedModel: answer.servedModel || (servers[0].model) })
    return null
  } catch (thrown) {
    await out.close()
    attempt.signal.throwIfAborted()
    if (thrown instanceof LeaseLost) throw thrown
    if (stop.aborted) {
      await out.stopped()
      return null
    }
    const error = asMolianError(thrown)
    await out.failed(error)
    return error
  }
}

/** A text by another model than the one that was loaded would stand under a wrong name. */
function checkName(said: string, served: string | null): void {
  if (served !== null && said !== '' && said !== served) throw new MolianError('stories.wrong-model', { served: said, asked: served })
}
