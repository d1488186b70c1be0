import { db } from '@/lib/db'
import type { Prisma, TestFile } from '@/lib/generated/prisma/client'
import { rowPremise } from '@/lib/stages/stories/row-premise'
import { leakFinder, type LeakFinder } from '@/lib/text/leaks'
import { premiseOf } from '@/lib/text/test-row'

export type TestFileEntry = Prisma.TestFileGetPayload<{ include: { upload: { select: { fileName: true } } } }>

/** Test files of ready uploads, newest first. */
export async function listTestFiles(projectId: string): Promise<TestFileEntry[]> {
  return db().testFile.findMany({
    where: { projectId, upload: { state: 'ready' } },
    include: { upload: { select: { fileName: true } } },
    orderBy: { createdAt: 'desc' },
  })
}

/** The rows that a reading of this upload gave; null before it, and of an upload of novels. */
export async function testFileOfUpload(uploadId: string): Promise<TestFile | null> {
  return db().testFile.findUnique({ where: { uploadId } })
}

/** Every distinct premise of the project's test files: what no example may give away. */
export async function testPremises(projectId: string): Promise<string[]> {
  const rows = await db().testRow.findMany({ where: { testFile: { projectId } }, distinct: ['input', 'instruction'], select: { input: true, instruction: true } })
  return [...new Set(rows.map(premiseOf))]
}

/** A premise of a test file and the first row that has it, counted from 1. */
export type TestPremise = { premise: string; file: string; row: number }

/** Finds which row of the project's test files a text gives away (lib/text/leaks.ts says when); reads them once. */
export async function testLeaks(projectId: string): Promise<LeakFinder<TestPremise>> {
  const premises = await db().$queryRaw<TestPremise[]>`
    SELECT DISTINCT ON (premise) premise, u.file_name AS file, r.ordinal + 1 AS row
    FROM test_row r JOIN test_file f ON f.id = r.test_file_id JOIN upload u ON u.id = f.upload_id
    CROSS JOIN LATERAL (SELECT ${rowPremise} AS premise) AS told
    WHERE f.project_id = ${projectId}::uuid ORDER BY premise, f.created_at, r.ordinal`
  return leakFinder(premises)
}
