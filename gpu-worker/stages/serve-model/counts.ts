import { log } from '@/lib/log'
import type { Attempt } from '@/lib/queue/attempt'
import { announceLoad } from '@/lib/stages/engine/engine-row'
import type { ServingEntry } from '@/lib/stages/engine/servings'
import { Paced } from '@/gpu-worker/attempt/paced'

export type TokenUse = { promptTokens: number; completionTokens: number }

/** Milliseconds between two writes of what has been counted. */
const writeEveryMs = 1_000

/** What a served model has been asked, counted on from what the row says; written once a second at most. */
export class ServingCounts {
  private requests: number
  private refused: number
  private inFlight = 0
  private promptTokens: bigint
  private completionTokens: bigint
  private lastRequestAt: Date | null
  private readonly pace: Paced

  constructor(
    private readonly attempt: Attempt,
    private readonly serving: ServingEntry,
    private readonly device: string,
  ) {
    const { requests, refused, promptTokens, completionTokens, lastRequestAt } = serving
    this.requests = requests
    this.refused = refused
    this.promptTokens = promptTokens
    this.completionTokens = completionTokens
    this.lastRequestAt = lastRequestAt
    this.pace = new Paced(() => this.write(), (error) => log.warn({ err: error, serving: serving.id }, 'what was asked of a served model could not be written'), writeEveryMs)
    // What a dead worker had in flight is not.
    this.pace.touch()
  }

  began(): void {
    this.requests += 1
    this.inFlight += 1
    this.lastRequestAt = new Date()
    this.pace.touch()
  }

  ended(use: TokenUse | null): void {
    this.inFlight -= 1
    this.promptTokens += BigInt(use?.promptTokens ?? 0)
    this.completionTokens += BigInt(use?.completionTokens ?? 0)
    this.pace.touch()
  }

  /** Turned away at the door: no key, or no such address. */
  turnedAway(): void {
    this.refused += 1
    this.pace.touch()
  }

  close(): Promise<void> {
    return this.pace.close()
  }

  private async write(): Promise<void> {
    const { requests, refused, inFlight, promptTokens, completionTokens, lastRequestAt } = this
    await this.attempt.write((tx) => tx.serving.update({ where: { id: this.serving.id }, data: { requests, refused, inFlight, promptTokens, completionTokens, lastRequestAt } }))
    await announceLoad(this.device)
  }
}
