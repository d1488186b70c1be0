import type { DeviceUse } from '@/gpu-worker/process/device-use'

type Figure = { step: number; name: string; value: number }

/**
 * Makes figures of steps out of what is told of the machine once a second. While a step lasts, it is told the mean of the
 * shares so far, and the most of everything else; a step in which nothing was told has no figures.
 */
export class DeviceFigures {
  private step: number | undefined
  private told = 0
  private values = new Map<string, number>()

  /** From now on what is told belongs to the time after this step. */
  begin(step: number): void {
    if (step === this.step) return
    this.step = step
    this.told = 0
    this.values.clear()
  }

  /** The figures of the step as they are now; none before the first step. */
  add(use: DeviceUse): Figure[] {
    const { step, told } = this
    if (step === undefined) return []
    this.told += 1
    for (const [name, value] of Object.entries(use)) {
      const before = this.values.get(name)
      if (before === undefined) this.values.set(name, value)
      else this.values.set(name, name.includes('_percent') ? (before * told + value) / (told + 1) : Math.max(before, value))
    }
    return [...this.values].map(([name, value]) => ({ step, name, value }))
  }
}
