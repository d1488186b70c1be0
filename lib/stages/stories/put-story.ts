import type { Tx } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { JudgedText } from '@/lib/stages/stories/judged-text'

/** A try as it is made, before it has a row. */
export type NewTry = JudgedText & {
  testRowId: number
  number: number
  kind: 'written' | 'continued' | 'edited'
  fromNumber: number | null
  seed: number
  finishReason: string
  promptTokens: number | null
  completionTokens: number | null
  latencyMs: number
  storyRewriteId: string | null
  /** Which of an endpoint's addresses answered; null of what this machine, a file or a person wrote. */
  address: string | null
}

/** Which try is a row's story, of how many there are, and whether a person said so. */
export type Chosen = { tried: NewTry; attempts: number; byPerson: boolean }

/** Keeps tries; one that is there already stays. */
export async function putTries(tx: Tx, storyRunId: string, epoch: number, tries: readonly NewTry[]): Promise<void> {
  if (tries.length === 0) return
  const data = tries.map((tried) => {
    const { characters: _, repetition: _rep, ...columns } = tried
    return { ...columns, storyRunId, epoch }
  })
  await tx.storyTry.createMany({ data, skipDuplicates: true })
}

/**
 * Holds a run's stories until the commit: whoever gives one an id holds them, so that ids are committed in their order and a list that is
 * read after the last id it knows misses none. Comes before any lock on a single story.
 */
export async function holdStories(tx: Tx, storyRunId: string): Promise<void> {
  await tx.$queryRaw(Prisma.sql`SELECT id FROM story_run WHERE id = ${storyRunId}::uuid FOR NO KEY UPDATE`)
}

/** Keeps first stories of their rows; one that is there already stays. */
export async function putStories(tx: Tx, storyRunId: string, epoch: number, stories: readonly Chosen[]): Promise<void> {
  if (stories.length === 0) return
  await holdStories(tx, storyRunId)
  await tx.story.createMany({ data: stories.map((chosen) => ({ ...columnsOf(chosen), testRowId: chosen.tried.testRowId, storyRunId, epoch })), skipDuplicates: true })
}

/**
 * Makes another try the story of its row, whose run is held. It gets a new id, so that a list which follows the stories as they come sees it
 * again, and loses its figures where its text is another.
 */
export async function replaceStory(tx: Tx, storyRunId: string, chosen: Chosen): Promise<void> {
  const where = { storyRunId_testRowId: { storyRunId, testRowId: chosen.tried.testRowId } }
  const before = await tx.story.findUniqueOrThrow({ where, select: { id: true, text: true } })
  if (before.text !== chosen.tried.text) await tx.storyScore.deleteMany({ where: { storyId: before.id } })
  await tx.story.update({ where, data: columnsOf(chosen), select: { id: true } })
  await recountTries(tx, storyRunId, chosen.tried.testRowId, chosen.attempts)
}

/** Says how many tries the row of a story has now, under a new id as above; its run is held. */
export async function recountTries(tx: Tx, storyRunId: string, testRowId: number, attempts: number): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE story SET attempts = ${attempts}, id = nextval(pg_get_serial_sequence('story', 'id')) WHERE story_run_id = ${storyRunId}::uuid AND test_row_id = ${testRowId}`)
}

function columnsOf({ tried, attempts, byPerson }: Chosen) {
  const { text, outcome, flaws, finishReason, promptTokens, completionTokens, seed, latencyMs, characters, repetition, number } = tried
  return { text, outcome, flaws, finishReason, promptTokens, completionTokens, seed, latencyMs, characters, repetition, tryNumber: number, chosenByPerson: byPerson, attempts }
}
