import { promptPlaces, type PlacedPassage } from '@/lib/stages/prompts/places'
import { givenBefore, type Known } from '@/gpu-worker/stages/write-premises/known-answers'

/** A passage to write for, the tries it has had, and the answer to its next question where that was given before. */
export type NextPassage = { place: PlacedPassage; attempts: number; known: Known | undefined }

/** Passages that are read together, and while those before them are being asked about. */
const together = 100

/**
 * The passages in their order, read ahead a hundred at a time, so that no question waits for the database. `printOf` is
 * what the next question of a passage is known by; passages that are gone are passed over.
 */
export async function* nextPassages(missing: readonly { id: number; attempts: number }[], printOf: (place: PlacedPassage, attempt: number) => string): AsyncGenerator<NextPassage> {
  let ahead = readFrom(0)
  for (let at = 0; at < missing.length; at += together) {
    const read = await ahead
    ahead = readFrom(at + together)
    // It is awaited with the next hundred; if there is none, nobody hears of its failure.
    ahead.catch(() => {})
    yield* read
  }

  async function readFrom(at: number): Promise<NextPassage[]> {
    const part = missing.slice(at, at + together)
    if (part.length === 0) return []
    const tries = new Map(part.map(({ id, attempts }) => [id, attempts]))
    const places = await promptPlaces(part.map(({ id }) => id))
    const prints = places.map((place) => printOf(place, (tries.get(place.id) ?? 0) + 1))
    const known = await givenBefore(prints)
    return places.map((place, index) => ({ place, attempts: tries.get(place.id) ?? 0, known: known.get(prints[index] ?? '') }))
  }
}
