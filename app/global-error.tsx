'use client'

/** The last resort, when even the frame cannot be drawn: both languages, no styles to depend on. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="zh-CN">
      <body>
        <main>
          <h1>墨炼 Molian</h1>
          <p>页面无法显示，详情见日志（标记 {error.digest ?? '–'}）。</p>
          <p lang="en">The page could not be drawn. The log has the details (mark {error.digest ?? '–'}).</p>
          <button type="button" onClick={reset}>
            重试 · Try again
          </button>
        </main>
      </body>
    </html>
  )
}
