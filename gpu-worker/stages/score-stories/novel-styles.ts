import { z } from 'zod'
import { db } from '@/lib/db'
import type { Split } from '@/lib/generated/prisma/client'
import type { Attempt } from '@/lib/queue/attempt'
import { burrowsDelta, characterProfile, styleScores, styleSpace, type CharacterProfile } from '@/lib/scoring/burrows-delta'
import type { ScoringSummary } from '@/lib/stages/stories/scoring'

type Style = { novel: string; split: Split; profile: CharacterProfile }

/** Passages of one novel that its style is taken from; some two hundred thousand characters tell it. */
const mostPassages = 300
/** A novel of fewer characters has too few of any to have a style. */
const fewestCharacters = 1_000

/** Delta of a profile to every novel of a frozen version, and to the passages of it that were held out, the nearest first. */
export async function deltaToNovels(attempt: Attempt, datasetVersionId: string, profile: CharacterProfile): Promise<ScoringSummary['delta']> {
  const styles = (await knownStyles(datasetVersionId)) ?? (await findStyles(attempt, datasetVersionId))
  const space = styleSpace(styles.filter(({ split }) => split === 'training').map((style) => style.profile))
  if (space.features.length === 0) return []
  const own = styleScores(profile, space)
  return styles.map(({ novel, split, profile: theirs }) => ({ novel, heldOut: split === 'validation', value: burrowsDelta(own, styleScores(theirs, space)) }))
    .toSorted((one, other) => one.value - other.value)
}

async function knownStyles(datasetVersionId: string): Promise<Style[] | null> {
  const rows = await db().styleProfile.findMany({ where: { datasetVersionId } })
  if (rows.length === 0) return null
  return rows.map(({ novel, split, profile }) => ({ novel, split, profile: new Map(Object.entries(z.record(z.string(), z.number()).parse(profile))) }))
}

async function findStyles(attempt: Attempt, datasetVersionId: string): Promise<Style[]> {
  const texts = await db().$queryRaw<{ novel: string; split: Split; text: string }[]>`
    SELECT novel, split, string_agg(passage, E'\\n' ORDER BY ordinal) AS text
    FROM (SELECT *, row_number() OVER (PARTITION BY novel, split ORDER BY md5(ordinal::text)) AS drawn FROM dataset_pair WHERE dataset_version_id = ${datasetVersionId}::uuid) p
    WHERE drawn <= ${mostPassages} GROUP BY novel, split ORDER BY novel, split`
  const styles = texts.filter(({ text }) => text.length >= fewestCharacters).map(({ novel, split, text }) => ({ novel, split, characters: text.length, profile: characterProfile(text) }))
  await attempt.write((tx) => tx.styleProfile.createMany({
    data: styles.map(({ profile, ...style }) => ({ ...style, datasetVersionId, profile: Object.fromEntries(profile) })), skipDuplicates: true,
  }))
  return styles
}
