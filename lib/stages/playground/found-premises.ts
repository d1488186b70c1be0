import { z } from 'zod'
import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { PremiseFrom } from '@/lib/stages/playground/premise-origin'
import { rowPremise } from '@/lib/stages/stories/row-premise'
import { premiseOf } from '@/lib/text/test-row'

/** Where premises are looked for: the rows of a test file, or the pairs of a version that no model was trained on. */
export const premiseSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rows'), testFileId: z.uuid() }),
  z.strictObject({ kind: z.literal('pairs'), datasetVersionId: z.uuid() }),
])
export type PremiseSource = z.infer<typeof premiseSource>

/** `number` counts from 1, as people do. */
export type FoundPremise = { number: number; premise: string; title: string; from: PremiseFrom }

/** Premises that one look shows. */
const most = 30

/**
 * Premises of a source: by the number that was typed, by words that they hold, or, without any, from the first on. With a `draw` a
 * few at random, which the same draw gives again.
 */
export async function findPremises(projectId: string, source: PremiseSource, words: string, draw: number | null): Promise<FoundPremise[]> {
  const typed = words.trim()
  const number = /^#?\d{1,9}$/.test(typed) ? Number(typed.replace('#', '')) : null
  const holds = `%${typed.replace(/[\\%_]/g, '\\$&')}%`
  const wanted = (ordinal: Prisma.Sql, text: Prisma.Sql) =>
    draw !== null || typed === '' ? Prisma.sql`true` : number === null ? Prisma.sql`${text} ILIKE ${holds}` : Prisma.sql`(${ordinal} = ${number - 1} OR ${text} ILIKE ${holds})`
  const order = (ordinal: Prisma.Sql) =>
    draw !== null ? Prisma.sql`md5(${String(draw)} || ${ordinal}::text)` : number === null ? ordinal : Prisma.sql`(${ordinal} <> ${number - 1}), ${ordinal}`
  if (source.kind === 'rows') {
    const ordinal = Prisma.sql`r.ordinal`
    const rows = await db().$queryRaw<{ id: number; ordinal: number; premise: string }[]>`
      SELECT r.id, r.ordinal, r.premise FROM (SELECT id, ordinal, ${rowPremise} AS premise FROM test_row
        WHERE test_file_id = (SELECT id FROM test_file WHERE id = ${source.testFileId}::uuid AND project_id = ${projectId}::uuid)) r
      WHERE ${wanted(ordinal, Prisma.sql`r.premise`)} ORDER BY ${order(ordinal)} LIMIT ${most}`
    return rows.map(({ id, ordinal: at, premise }) => ({ number: at + 1, premise, title: '', from: { kind: 'row', testRowId: id } }))
  }
  const { datasetVersionId } = source
  const ordinal = Prisma.sql`p.ordinal`
  const pairs = await db().$queryRaw<{ ordinal: number; premise: string; title: string }[]>`
    SELECT p.ordinal, p.premise, concat_ws(' · ', nullif(p.novel, ''), nullif(p.chapter, '')) AS title FROM dataset_pair p
    JOIN dataset_version v ON v.id = p.dataset_version_id AND v.project_id = ${projectId}::uuid
    WHERE p.dataset_version_id = ${datasetVersionId}::uuid AND p.split = 'validation' AND ${wanted(ordinal, Prisma.sql`p.premise`)}
    ORDER BY ${order(ordinal)} LIMIT ${most}`
  return pairs.map(({ ordinal: at, premise, title }) => ({ number: at + 1, premise, title, from: { kind: 'pair', datasetVersionId, ordinal: at } }))
}

/** The premise of one test row of the project, by the row's id; null where it has none of this id. */
export async function premiseOfRow(projectId: string, testRowId: number): Promise<FoundPremise | null> {
  const row = await db().testRow.findFirst({ where: { id: testRowId, testFile: { projectId } } })
  return row && { number: row.ordinal + 1, premise: premiseOf(row), title: '', from: { kind: 'row', testRowId: row.id } }
}

export type SourceOption = { source: PremiseSource; kind: 'rows' | 'pairs'; name: string; ordinal: number | null; count: number }

/** Where this project's premises may be taken from: its test files, newest first, and its versions with pairs held out. */
export async function premiseSources(projectId: string): Promise<SourceOption[]> {
  const [files, versions] = await Promise.all([
    db().testFile.findMany({ where: { projectId, upload: { state: 'ready' } }, include: { upload: { select: { fileName: true } } }, orderBy: { createdAt: 'desc' } }),
    db().datasetVersion.findMany({ where: { projectId, sha256: { not: null }, validationPairs: { gt: 0 } }, orderBy: { ordinal: 'desc' } }),
  ])
  return [
    ...files.map(({ id, upload, rowCount }) => ({ source: { kind: 'rows' as const, testFileId: id }, kind: 'rows' as const, name: upload.fileName, ordinal: null, count: rowCount })),
    ...versions.map(({ id, ordinal, name, validationPairs }) => ({ source: { kind: 'pairs' as const, datasetVersionId: id }, kind: 'pairs' as const, name, ordinal, count: validationPairs })),
  ]
}
