import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { fileStream } from '@/app/api/file-stream'
import { verifiedFile } from '@/lib/stages/submissions/kept-file'
import { downloadable } from '@/lib/stages/submissions/submissions'

/** The very submit.json that was checked, only when its checks passed and its bytes are still the same; its SHA-256 goes along. */
export async function GET(request: Request, { params }: { params: Promise<{ submissionId: string }> }): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const { submissionId } = await params
  try {
    const { path, sha256, bytes } = await downloadable(submissionId)
    const file = await verifiedFile({ path, sha256 })
    return new Response(fileStream(file), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="submit.json"',
        'content-length': String(bytes),
        'cache-control': 'no-store',
        etag: `"${sha256}"`,
        'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
        'x-sha256': sha256,
      },
    })
  } catch (error) {
    return await refusedRequest(error)
  }
}
