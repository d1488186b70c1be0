import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { MolianError } from '@/lib/errors'
import { recordForm } from '@/lib/text/record-form'

/** What can be said of a submission's bytes without reading its rows. `isLines`: JSON Lines rather than an array or rows spread over several lines. */
export type FileForm = { bytes: number; sha256: string; mark: boolean; carriageReturn: boolean; blankLines: number; isLines: boolean }

/** Looks at every byte of a file once. `fileName` is what people know it by. Throws upload.unreadable. */
export async function formOf(file: string, fileName: string): Promise<FileForm> {
  const hash = createHash('sha256')
  const form: FileForm = { bytes: 0, sha256: '', mark: false, carriageReturn: false, blankLines: 0, isLines: true }
  let atLineStart = true
  for await (const chunk of bytesOf(file, fileName)) {
    if (form.bytes === 0) {
      form.mark = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf
      form.isLines = recordForm(form.mark ? chunk.subarray(3) : chunk) === 'lines'
    }
    form.bytes += chunk.length
    hash.update(chunk)
    form.carriageReturn ||= chunk.includes(0x0d)
    if (atLineStart && chunk[0] === 0x0a) form.blankLines += 1
    for (let at = chunk.indexOf('\n\n'); at !== -1; at = chunk.indexOf('\n\n', at + 1)) form.blankLines += 1
    atLineStart = chunk[chunk.length - 1] === 0x0a
  }
  form.sha256 = hash.digest('hex')
  return form
}

/** A file's bytes without the byte order mark that it has. */
export async function* withoutMark(file: string, fileName: string, mark: boolean): AsyncGenerator<Buffer> {
  let first = mark
  for await (const chunk of bytesOf(file, fileName)) {
    yield first ? chunk.subarray(3) : chunk
    first = false
  }
}

async function* bytesOf(file: string, fileName: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      if (Buffer.isBuffer(chunk)) yield chunk
    }
  } catch (cause) {
    throw new MolianError('upload.unreadable', { file: fileName, reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}
