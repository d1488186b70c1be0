import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { textStream } from '@/app/api/text-stream'
import { engineLogAsText } from '@/lib/stages/engine/log-file'

/** An engine's whole log as a text file. */
export async function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const { runId } = await params
    return new Response(textStream(engineLogAsText(runId)), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'content-disposition': `attachment; filename="engine-${runId}.log"`, 'cache-control': 'no-store' },
    })
  } catch (error) {
    return await refusedRequest(error)
  }
}
