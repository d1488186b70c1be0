/**
 * Keeps a run within its budget. Before a call the most that it can cost is set aside, so that all that are in flight
 * together cannot exceed what is left; afterwards what it did cost is taken. Amounts are in the run's currency.
 */
export class Purse {
  private held = 0
  private waiting: (() => void)[] = []

  /** `budget` null: there is none. */
  constructor(private spent: number, private budget: number | null) {}

  setBudget(budget: number | null): void {
    this.budget = budget
    this.wake()
  }

  /**
   * Sets the amount aside, waiting for calls in flight where these may leave enough over. False when it is more than is
   * left, or when `until` is aborted while it waits: then the call is not to be made.
   */
  async reserve(amount: number, until: AbortSignal): Promise<boolean> {
    for (;;) {
      if (this.budget === null || this.spent + this.held + amount <= this.budget) {
        this.held += amount
        return true
      }
      if (this.held <= 0 || until.aborted) return false
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve)
        until.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }

  /** Gives back what was set aside and takes what the call has cost. */
  settle(reserved: number, cost: number): void {
    this.held = Math.max(0, this.held - reserved)
    // What rounding has left of nothing must not look like a call in flight.
    if (this.held < 1e-12) this.held = 0
    this.spent += cost
    this.wake()
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}
