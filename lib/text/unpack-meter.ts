import { MolianError } from '@/lib/errors'

/** No text is packed this much smaller; what is, was made to fill disks. */
const BOMB_RATIO = 100
/** Below this an entry may be as repetitive as it likes. */
const BOMB_BYTES = 8 * 1024 * 1024

/** Counts what comes out of an archive, never what its directory promises, and stops a bomb before it has gone off. */
export class UnpackMeter {
  private total = 0

  constructor(
    private readonly file: string,
    private readonly limitBytes: number,
  ) {}

  /**
   * `piece` more bytes have come out of an entry, `unpacked` of it so far from `packed`.
   * Throws upload.archive-too-large or upload.archive-ratio.
   */
  add(entry: string, piece: number, unpacked: number, packed: number): void {
    this.total += piece
    const about = { file: this.file, entry }
    if (unpacked > BOMB_BYTES && unpacked > packed * BOMB_RATIO) throw new MolianError('upload.archive-ratio', { ...about, ratio: BOMB_RATIO })
    if (this.total > this.limitBytes) throw new MolianError('upload.archive-too-large', { ...about, limit: `${Math.floor(this.limitBytes / 1024 / 1024)} MiB` })
  }
}
