/**
 * Which texts have which keys: a hash table in typed arrays, a few bytes a key, that grows as texts come.
 * Every text has the same number of keys; one that two texts share makes them worth comparing.
 */
export class BandTable {
  /** Texts in the table. They are numbered in the order in which they came. */
  texts = 0
  private keys: Uint32Array
  private next: Int32Array
  private first: Int32Array

  constructor(private readonly keysOfText: number) {
    this.keys = new Uint32Array(keysOfText * 64)
    this.next = new Int32Array(keysOfText * 64)
    this.first = new Int32Array(1024).fill(-1)
  }

  /** Takes a text's keys and returns its number. */
  add(keys: Uint32Array): number {
    const text = this.texts
    this.texts += 1
    this.grow()
    for (let at = 0; at < this.keysOfText; at++) {
      const entry = text * this.keysOfText + at
      this.keys[entry] = keys[at] ?? 0
      this.chain(entry)
    }
    return text
  }

  /** Calls `found` with the number of every text that has the key; with the same one more than once if it has it more than once. */
  each(key: number, found: (text: number) => void): void {
    for (let entry = this.first[key & (this.first.length - 1)] ?? -1; entry !== -1; entry = this.next[entry] ?? -1) {
      if (this.keys[entry] === key) found(Math.floor(entry / this.keysOfText))
    }
  }

  private chain(entry: number): void {
    const slot = (this.keys[entry] ?? 0) & (this.first.length - 1)
    this.next[entry] = this.first[slot] ?? -1
    this.first[slot] = entry
  }

  private grow(): void {
    const wanted = this.texts * this.keysOfText
    if (wanted > this.keys.length) {
      const [keys, next] = [new Uint32Array(this.keys.length * 2), new Int32Array(this.keys.length * 2)]
      keys.set(this.keys)
      next.set(this.next)
      this.keys = keys
      this.next = next
    }
    if (wanted <= this.first.length) return
    this.first = new Int32Array(this.first.length * 2).fill(-1)
    for (let entry = 0; entry < wanted - this.keysOfText; entry++) this.chain(entry)
  }
}
