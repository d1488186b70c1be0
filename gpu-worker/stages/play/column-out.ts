import type { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Prisma } from '@/lib/generated/prisma/client'
import type { Heard, StreamedAnswer } from '@/lib/llm/ask-streaming'
import type { Attempt } from '@/lib/queue/attempt'
import { blank } from '@/lib/stages/playground/steering'
import { Paced } from '@/gpu-worker/attempt/paced'

/** What is served, as far as it is known of this machine's engine: the hashes of the weights, an adapter's with its base's. */
export type ServedWeights = { sha256: string | null; baseSha256: string | null }

/** Milliseconds between two writings of a column's growing text. */
const gapMs = 200

/** A column's row while it is written: its text grows there some times a second, and its end stands there once it has one. */
export class ColumnOut {
  private latest: Heard | null = null
  private readonly pace: Paced
  private weights: ServedWeights = { sha256: null, baseSha256: null }

  constructor(
    private readonly attempt: Attempt,
    private readonly playId: string,
    private readonly place: number,
    onFailure: (error: unknown) => void,
  ) {
    this.pace = new Paced(() => this.write({}), onFailure, gapMs)
  }

  async begin(weights: ServedWeights): Promise<void> {
    this.weights = weights
    await this.write({ ...blank, state: 'writing', epoch: this.attempt.epoch })
  }

  hear(heard: Heard): void {
    this.latest = heard
    this.pace.touch()
  }

  async written(answer: StreamedAnswer): Promise<void> {
    const { text, pieces, firstTokenMs, writingMs, finishReason, promptTokens, completionTokens, servedModel } = answer
    await this.end({ state: 'written', text, pieces, firstTokenMs, writingMs, finishReason, promptTokens, completionTokens, servedName: servedModel, servedSha256: this.weights.sha256, servedBaseSha256: this.weights.baseSha256 })
  }

  async stopped(): Promise<void> {
    await this.end({ state: 'stopped' })
  }

  async failed({ code, params }: MolianError): Promise<void> {
    await this.end({ state: 'failed', errorCode: code, errorParams: params })
  }

  /** Writes what came last. */
  async close(): Promise<void> {
    await this.pace.close()
  }

  private async end(data: Prisma.PlayColumnUpdateInput): Promise<void> {
    await this.pace.close()
    await this.write(data)
  }

  private async write(data: Prisma.PlayColumnUpdateInput): Promise<void> {
    const { latest, weights, playId, place } = this
    const heard = latest && { text: latest.text, pieces: latest.pieces, firstTokenMs: latest.firstTokenMs, writingMs: latest.writingMs, servedName: latest.servedModel, servedSha256: weights.sha256, servedBaseSha256: weights.baseSha256 }
    await this.attempt.write(async (tx) => {
      await tx.playColumn.update({ where: { playId_place: { playId, place } }, data: { ...heard, ...data }, select: { place: true } })
      await announce(tx, { project: this.attempt.projectId, topic: 'plays', id: playId })
    })
  }
}
