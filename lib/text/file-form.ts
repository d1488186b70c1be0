import { MolianError } from '@/lib/errors'

/** Records of JSON, or one novel as plain text. */
export const fileForms = ['records', 'text'] as const
export type FileForm = (typeof fileForms)[number]

const RECORD_NAME = /\.(?:json|jsonl|ndjson)$/i
const RECORD_START = /^\s*(?:\{\s*["}]|\[\s*[{\]])/
const OTHER_NAME = /\.(?:x?html?|xml|csv|tsv|srt|ass|lrc|log|py|js|ts|css|ya?ml|ini|nfo|url|opf|ncx|sql|sh|bat)$/i

/**
 * Tells records from a novel by the name and, where that leaves it open, by the beginning. Test rows (`wanted`
 * is `test`) are always records. Throws upload.document or upload.unknown-kind for text that is neither.
 */
export function fileForm(name: string, beginning: string, wanted: 'novels' | 'test' | undefined): FileForm {
  if (wanted === 'test' || RECORD_NAME.test(name) || RECORD_START.test(beginning)) return 'records'
  if (beginning.startsWith('{\\rtf')) throw new MolianError('upload.document', { file: name, found: 'RTF' })
  if (OTHER_NAME.test(name) || /^\s*<(?:!doctype|html|\?xml)/i.test(beginning)) throw new MolianError('upload.unknown-kind', { file: name })
  return 'text'
}
