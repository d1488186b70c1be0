import { z } from 'zod'
import { db } from '@/lib/db'
import { burrowsDelta, type CharacterProfile, styleScores, styleSpace } from '@/lib/scoring/burrows-delta'
import { type MapPoint, styleMap } from '@/lib/scoring/style-map'

const profile = z.record(z.string(), z.number())

/** A novel, the passages of it that were held out, or a story run, on the map of styles. */
export type StylePoint = MapPoint & { kind: 'novel' | 'held-out' | 'run'; name: string; nearest: { name: string; delta: number } | null }

/**
 * The novels of the dataset version that these runs were measured against, and the runs, by Burrows's Delta between any two. None where
 * there is no such version with two novels, or no run was measured; runs measured against another version are left out.
 */
export async function stylePoints(storyRunIds: readonly string[]): Promise<StylePoint[]> {
  const scorings = await db().storyScoring.findMany({ where: { storyRunId: { in: [...storyRunIds] } } })
  const datasetVersionId = storyRunIds.map((id) => scorings.find(({ storyRunId }) => storyRunId === id)?.datasetVersionId).find((id) => typeof id === 'string')
  if (!datasetVersionId) return []
  const styles = await db().styleProfile.findMany({ where: { datasetVersionId }, orderBy: [{ split: 'asc' }, { novel: 'asc' }] })
  const novels = styles.map(({ novel, split, profile: shares }) => ({ kind: split === 'validation' ? ('held-out' as const) : ('novel' as const), name: novel, profile: profileOf(shares) }))
  const runs = storyRunIds.flatMap((id) => {
    const scoring = scorings.find(({ storyRunId }) => storyRunId === id)
    return scoring?.datasetVersionId === datasetVersionId && scoring.profile !== null ? [{ kind: 'run' as const, name: id, profile: profileOf(scoring.profile) }] : []
  })
  const references = novels.filter(({ kind }) => kind === 'novel')
  const space = styleSpace(references.map((novel) => novel.profile))
  if (references.length < 2 || runs.length === 0 || space.features.length === 0) return []
  const all = [...novels, ...runs]
  const places = all.map((each) => styleScores(each.profile, space))
  const distances = places.map((one) => places.map((other) => burrowsDelta(one, other)))
  const points = styleMap(distances)
  return all.map(({ kind, name }, at) => ({ kind, name, x: points[at]?.x ?? 0, y: points[at]?.y ?? 0, nearest: nearestOf(all, distances[at] ?? [], at) }))
}

function nearestOf(all: readonly { kind: StylePoint['kind']; name: string }[], distances: readonly number[], own: number): StylePoint['nearest'] {
  const novels = all.flatMap(({ kind, name }, at) => (kind === 'novel' && at !== own ? [{ name, delta: distances[at] ?? 0 }] : []))
  return novels.toSorted((one, other) => one.delta - other.delta)[0] ?? null
}

function profileOf(value: unknown): CharacterProfile {
  return new Map(Object.entries(profile.parse(value)))
}
