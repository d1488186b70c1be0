import { createHash, randomUUID } from 'node:crypto'
import { db } from '@/lib/db'

/** A test file of so many rows, each with a premise of its own, as a reading of test.json leaves it. Returns its id. */
export async function makeTestFile(projectId: string, rows: number): Promise<string> {
  const upload = await db().upload.create({
    data: { projectId, kind: 'test', state: 'ready', fileName: `test-${rows}.json`, accepted: rows, total: rows, sha256: createHash('sha256').update(randomUUID()).digest('hex') },
  })
  const file = await db().testFile.create({ data: { projectId, uploadId: upload.id, rowCount: rows, premises: rows } })
  await db().$executeRaw`
    INSERT INTO test_row (test_file_id, ordinal, instruction, input, record)
    SELECT ${file.id}::uuid, n, told.instruction, told.input, json_build_object('instruction', told.instruction, 'input', told.input, 'output', '')
    FROM generate_series(0, ${rows - 1}::int) AS n
    CROSS JOIN LATERAL (SELECT '根据提要写一篇小说' AS instruction, format('第%s个渡口，老船夫在雾里载了一位不肯说姓名的客人，%s', n, left(md5(n::text), 8)) AS input) AS told`
  return file.id
}
