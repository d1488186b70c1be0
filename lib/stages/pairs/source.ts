import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { passageDecisionsPrint } from '@/lib/stages/passages/duplicates'

/** Where pairs come from: a premise run of this studio, or a file of pairs made elsewhere. */
export const pairSource = z.object({ kind: z.enum(['run', 'import']), id: z.uuid() })
export type PairSource = z.infer<typeof pairSource>
export type PairSourceKind = PairSource['kind']

/** Sources as a form names them: `run:<id>`, `import:<id>`, one at least. */
export const sourceNames = z.preprocess(
  (value) => (Array.isArray(value) ? value : [value]),
  z.array(z.string().transform((name) => name.split(':')).pipe(z.tuple([z.enum(['run', 'import']), z.uuid()])).transform(([kind, id]): PairSource => ({ kind, id }))).min(1),
)

/** One pair: the premise of a run, or a pair of an import. */
export type PairRef = { kind: PairSourceKind; id: number }

/** A pair's name in an address: `p12` for a run's premise, `i12` for an imported pair. */
export function pairName(ref: PairRef): string {
  return `${ref.kind === 'run' ? 'p' : 'i'}${ref.id}`
}

/** Reads such a name; a ZodError where it is none. */
export const pairNameSchema = z.string().regex(/^[pi]\d{1,9}$/).transform((name): PairRef => ({ kind: name.startsWith('p') ? 'run' : 'import', id: Number(name.slice(1)) }))

/** The source of a pair in this project. Throws `run.missing`. */
export async function sourceOfPair(projectId: string, ref: PairRef): Promise<PairSource> {
  if (ref.kind === 'run') {
    const premise = await db().premise.findFirst({ where: { id: ref.id, premiseRun: { projectId } }, select: { premiseRunId: true } })
    if (premise) return { kind: 'run', id: premise.premiseRunId }
  } else {
    const pair = await db().importedPair.findFirst({ where: { id: ref.id, pairImport: { projectId } }, select: { pairImportId: true } })
    if (pair) return { kind: 'import', id: pair.pairImportId }
  }
  throw new MolianError('run.missing', { what: 'pair' })
}

/** Throws `run.missing` unless the source is one of the project's. */
export async function checkSource(projectId: string, source: PairSource): Promise<void> {
  const where = { id: source.id, projectId }
  const found = source.kind === 'run' ? await db().premiseRun.count({ where }) : await db().pairImport.count({ where })
  if (found === 0) throw new MolianError('run.missing', { what: source.kind === 'run' ? 'premise run' : 'file of pairs' })
}

/** What a person decided about near-equal passages of a source, as one short text; nothing where nothing is, so that what was looked at or frozen before there were decisions stays what it was. */
export async function decisionsOnPassages(projectId: string, source: PairSource): Promise<string[]> {
  if (source.kind === 'import') return []
  const { passageSetId } = await db().premiseRun.findUniqueOrThrow({ where: { id: source.id }, select: { passageSetId: true } })
  const print = await passageDecisionsPrint(projectId, passageSetId)
  return print === null ? [] : [print]
}

/** The columns that say a row's source, for tables that have both. */
export function sourceColumns(source: PairSource): { premiseRunId: string } | { pairImportId: string } {
  return source.kind === 'run' ? { premiseRunId: source.id } : { pairImportId: source.id }
}
