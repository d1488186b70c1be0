import { setImmediate, setTimeout } from 'node:timers/promises'

/** Milliseconds of work in a row, and of standing aside for what someone waits for. */
const turn = 10
const aside = 4

let waiting = 0

/** Work that someone waits for: what goes on behind it stands still until it is done. */
export async function waitedFor<T>(work: () => Promise<T>): Promise<T> {
  waiting += 1
  try {
    return await work()
  } finally {
    waiting -= 1
  }
}

/** To be awaited between pieces of work: lets others in after every turn; `behind` also gives way to what is in front. */
export function pauses(pace: 'front' | 'behind'): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < turn) return
    if (pace === 'front') await setImmediate()
    else await standAside()
    began = performance.now()
  }
}

async function standAside(): Promise<void> {
  await setTimeout(aside)
  while (waiting > 0) await setTimeout(aside)
}
