import { z } from 'zod'
import type { Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Chapter, Revision } from '@/lib/generated/prisma/client'
import { joinTwo, mergeTwo, renameOne, splitOne } from '@/lib/stages/novels/chapters'
import { cleanNovel, cleanOne } from '@/lib/stages/novels/clutter'
import type { SamePlaces } from '@/lib/stages/novels/same-places'
import { simplifyNovel } from '@/lib/stages/novels/simplify'
import type { RememberedChange } from '@/lib/stages/uploads/remembered-words'
import { clutterIn, clutterKinds, wordsOf } from '@/lib/text/clutter'
import { codePoints } from '@/lib/text/counts'

/** Makes a change of a novel's earlier reading again in this one; false where its chapters or its place are not there. */
export async function repeatChange(tx: Tx, novelId: number, change: RememberedChange, places: SamePlaces): Promise<boolean> {
  if (change.kind === 'simplified') return (await simplifyNovel(tx, novelId, change.runId ?? undefined)) !== null
  if (change.kind === 'cleaned' && change.words === undefined) {
    const kinds = clutterKinds.filter((kind) => Object.keys(z.record(z.string(), z.number()).catch({}).parse(change.what.places)).includes(kind))
    return kinds.length > 0 && (await cleanNovel(tx, novelId, kinds, change.runId ?? undefined)) !== null
  }
  const chapters = await replacedHere(tx, novelId, change, places)
  const [first, second] = chapters
  if (!first || chapters.length !== change.replaces.length) return false
  try {
    const revision = await repeated(tx, change, first, second)
    if (revision && change.kind === 'split') await learnPlaces(tx, revision, change, places)
    return revision !== null
  } catch (error) {
    if (error instanceof MolianError) return false
    throw error
  }
}

async function repeated(tx: Tx, change: RememberedChange, first: Chapter, second: Chapter | undefined): Promise<Revision | null> {
  switch (change.kind) {
    case 'merged':
      return second?.ordinal === first.ordinal + 1 ? mergeTwo(tx, first, second) : null
    case 'joined':
      return second?.ordinal === first.ordinal + 1 ? joinTwo(tx, first, second) : null
    case 'renamed':
      return renameOne(tx, first, z.string().parse(change.what.to))
    case 'split':
      return splitAgain(tx, first, change.split)
    case 'cleaned': {
      const place = clutterIn(first.text).find((each) => wordsOf(first.text, each) === change.words)
      return place ? cleanOne(tx, first, place) : null
    }
    case 'simplified':
      return null
  }
}

/** At the same line, in a text of as many lines. */
async function splitAgain(tx: Tx, chapter: Chapter, split: RememberedChange['split']): Promise<Revision | null> {
  const lines = chapter.text.split('\n')
  if (!split || lines.length !== split.lines) return null
  const at = codePoints(lines.slice(0, split.before).map((line) => `${line}\n`).join(''))
  return splitOne(tx, chapter, at, split.heading === null ? { line: true } : { line: false, words: split.heading })
}

async function replacedHere(tx: Tx, novelId: number, change: RememberedChange, places: SamePlaces): Promise<Chapter[]> {
  const here = change.replaces.flatMap((place) => places.of(place) ?? [])
  return tx.chapter.findMany({ where: { novelId, active: true, place: { in: here } }, orderBy: { place: 'asc' } })
}

async function learnPlaces(tx: Tx, revision: Revision, change: RememberedChange, places: SamePlaces): Promise<void> {
  const made = await tx.chapter.findMany({ where: { madeById: revision.id }, orderBy: { place: 'asc' }, select: { place: true } })
  for (const [at, { place }] of made.entries()) {
    const before = change.makes[at]
    if (before !== undefined) places.add(before, place)
  }
}
