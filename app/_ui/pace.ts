/** Shortest time between two redraws, in milliseconds: at most four a second. */
const pause = 250
/** A redraw rests this many times as long as the last one took, so that looking on never takes the machine from its work. */
const restShare = 2
/** A redraw that has not said it is done after so long counts as done. */
const longest = 15_000

export type Pace = {
  /** Something changed: redraw as soon as it is time. Asking often is asking once. */
  ask(): void
  /** The redraw that was begun is on the page. */
  done(): void
  end(): void
}

/** Lets `redraw` be begun one at a time, the next only when the last is done and has rested. */
export function paced(redraw: () => void): Pace {
  let timer: ReturnType<typeof setTimeout> | null = null
  let began: number | null = null
  let asked = false
  let notBefore = 0

  const clear = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  const begin = () => {
    asked = false
    began = Date.now()
    timer = setTimeout(done, longest)
    redraw()
  }
  const ask = () => {
    asked = true
    if (began !== null || timer !== null) return
    timer = setTimeout(begin, Math.max(0, notBefore - Date.now()))
  }
  const done = () => {
    if (began === null) return
    clear()
    notBefore = Date.now() + Math.max(pause, restShare * (Date.now() - began))
    began = null
    if (asked) ask()
  }
  return { ask, done, end: clear }
}
