import { createServer } from 'node:http'

/** Serves chapters as one plain page, the straightforward way to show a novel. */
export async function servePlainly(chapters: readonly { heading: string; paragraphs: readonly string[] }[]): Promise<{ url: string; close: () => Promise<void> }> {
  const text = chapters.map(({ heading, paragraphs }) => `<h2>${heading}</h2>${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}`).join('\n')
  const page = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Novel</title><main data-chapter>${text}</main></html>`
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address !== 'object') throw new Error('The plain page has no address')
  const close = () => new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${address.port}/`, close }
}
