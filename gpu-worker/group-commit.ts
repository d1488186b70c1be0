/**
 * Writes items together: the first at once, and whatever comes while a write is under way in the next one. What it
 * returns adds an item and resolves when that item is written, so that whoever waits for it before going on loses
 * nothing else to a kill. After a failed write nothing more is written: every item is refused with its error.
 */
export function groupCommit<T>(write: (batch: T[]) => Promise<void>): (item: T) => Promise<void> {
  let collecting: { batch: T[]; written: Promise<void> } | undefined
  let last = Promise.resolve()

  return (item) => {
    if (collecting) {
      collecting.batch.push(item)
      return collecting.written
    }
    const batch = [item]
    const written = last.then(() => {
      collecting = undefined
      return write(batch)
    })
    collecting = { batch, written }
    last = written
    return written
  }
}
