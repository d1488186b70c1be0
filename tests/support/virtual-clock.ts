import type { Clock } from '@/lib/llm/limiter/clock'

export type VirtualClock = Clock & {
  pause(ms: number): Promise<void>
  /** Lets so many milliseconds pass: everything that is due happens, in its order, and what follows from it. */
  pass(ms: number): Promise<void>
}

/** Time that passes only when it is told to. */
export function virtualClock(): VirtualClock {
  let time = 0
  let count = 0
  const due: { at: number; order: number; work: () => void }[] = []
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  const after = (ms: number, work: () => void) => {
    const entry = { at: time + Math.max(0, ms), order: count++, work }
    due.push(entry)
    return () => {
      const at = due.indexOf(entry)
      if (at >= 0) due.splice(at, 1)
    }
  }
  return {
    now: () => time,
    after,
    pause: (ms) => new Promise((resolve) => void after(ms, resolve)),
    async pass(ms) {
      const end = time + ms
      await settle()
      for (;;) {
        let next: (typeof due)[number] | undefined
        for (const entry of due) if (entry.at <= end && (!next || entry.at < next.at || (entry.at === next.at && entry.order < next.order))) next = entry
        if (!next) break
        due.splice(due.indexOf(next), 1)
        time = Math.max(time, next.at)
        next.work()
        await settle()
      }
      time = end
    },
  }
}
