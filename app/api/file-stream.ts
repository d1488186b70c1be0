import { open } from 'node:fs/promises'

const piece = 1 << 16

/** A file's bytes as the body of an answer, read no faster than they are taken. */
export function fileStream(file: string): ReadableStream<Uint8Array> {
  const opened = open(file, 'r')
  return new ReadableStream({
    async pull(controller) {
      const handle = await opened
      const { bytesRead, buffer } = await handle.read(new Uint8Array(piece))
      if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
      if (bytesRead > 0) return
      await handle.close()
      controller.close()
    },
    cancel: () => opened.then((handle) => handle.close()),
  })
}
