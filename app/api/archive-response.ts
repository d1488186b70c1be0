import { tarLength, tarStream } from '@/lib/models/tar'
import type { Export } from '@/lib/stages/models/export'

/** An archive as a download: packed while it is taken, its length known before. */
export function archiveResponse({ fileName, files, madeAt }: Export): Response {
  const pieces = tarStream(files, madeAt)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
  const ascii = fileName.replace(/[^\x20-\x7e]+/g, '_').replace(/["\\]/g, '_')
  return new Response(body, {
    headers: {
      'content-type': 'application/x-tar',
      'content-length': String(tarLength(files)),
      'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'cache-control': 'no-store',
    },
  })
}
