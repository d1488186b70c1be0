import { db } from '@/lib/db'
import type { Prisma, TestFile } from '@/lib/generated/prisma/client'
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
