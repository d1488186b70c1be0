import type { PoolClient } from 'pg'
import { textEncodingSchema, type TextEncoding } from '@/lib/text/encoding'

/** A person's word on the encodings of an upload's files, by their ordinal. */
export async function chosenEncodings(client: PoolClient, uploadId: string): Promise<ReadonlyMap<number, TextEncoding>> {
  const { rows } = await client.query<{ ordinal: number; chosen_encoding: string }>(
    'SELECT ordinal, chosen_encoding FROM upload_file WHERE upload_id = $1 AND chosen_encoding IS NOT NULL',
    [uploadId],
  )
  return new Map(rows.map((row) => [row.ordinal, textEncodingSchema.parse(row.chosen_encoding)]))
}
