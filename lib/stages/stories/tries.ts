import { db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Job, Story, StoryRun, TestRow } from '@/lib/generated/prisma/client'
import { endsOnTerminator } from '@/lib/scoring/ending'
import { bestTry } from '@/lib/stages/stories/best-try'
import { boundsOf, judgedText } from '@/lib/stages/stories/judged-text'
import { knownTry } from '@/lib/stages/stories/known-try'
import { holdStories, putTries, replaceStory, type NewTry } from '@/lib/stages/stories/put-story'
import { startScoring } from '@/lib/stages/stories/scoring'
import { targetOfRun } from '@/lib/stages/stories/target'
import { premiseOf } from '@/lib/text/test-row'

/** A row of a run: which run, and the row's ordinal. */
export type StoryPlace = { projectId: string; storyRunId: string; row: number }

/** Which try was a row's story and whether a person had said so: what takes a change back. */
export type ChosenBefore = { number: number; byPerson: boolean }

/** The longest text that a person may make of a story, in UTF-16 units. */
export const longestEdit = 200_000

type Found = { run: StoryRun & { job: Job }; story: Story & { testRow: TestRow }; tries: NewTry[] }

/** Every try of a row, the first first, each with when it was made. */
export async function triesOf(storyRunId: string, testRowId: number): Promise<(NewTry & { at: Date })[]> {
  const tries = await db().storyTry.findMany({ where: { storyRunId, testRowId }, orderBy: { number: 'asc' } })
  return tries.map((tried) => ({ ...knownTry(tried), at: tried.at }))
}

/**
 * Makes a try the story of its row: the one of that number, or the best by the measures of best-try.ts, which may then change it again.
 * Returns what it was before. Throws run.missing.
 */
export async function chooseTry(place: StoryPlace, choice: { number: number; byPerson: boolean } | 'best'): Promise<ChosenBefore> {
  return changeStory(place, async (tx, { run, story, tries }) => {
    const measure = { premise: premiseOf(story.testRow), target: await targetOfRun(run), adherenceBelow: null }
    const tried = choice === 'best' ? bestTry(tries, measure) : tries.find(({ number }) => number === choice.number)
    if (!tried) throw new MolianError('run.missing', { what: 'try' })
    await replaceStory(tx, run.id, { tried, attempts: tries.length, byPerson: choice !== 'best' && choice.byPerson })
  })
}

/** The edit that was made last of the try that is the story now: what `redoEdit` takes. */
function editOf<T extends Pick<NewTry, 'kind' | 'fromNumber'>>(tries: readonly T[], number: number): T | undefined {
  return tries.findLast(({ kind, fromNumber }) => kind === 'edited' && fromNumber === number)
}

/** Goes back from an edit to the try that it was made of, as it stood then. Throws run.missing where the story is no edit. */
export async function undoEdit(place: StoryPlace): Promise<ChosenBefore> {
  return changeStory(place, async (tx, { run, story, tries }) => {
    const edit = tries.find(({ number, kind }) => number === story.tryNumber && kind === 'edited')
    const tried = tries.find(({ number }) => number === edit?.fromNumber)
    if (!tried) throw new MolianError('run.missing', { what: 'try' })
    // What the measures would have chosen stays theirs to change; anything else had been a person's choice.
    const own = tries.filter(({ kind }) => kind !== 'edited')
    const byMeasures = bestTry(own, { premise: premiseOf(story.testRow), target: await targetOfRun(run), adherenceBelow: null })
    await replaceStory(tx, run.id, { tried, attempts: tries.length, byPerson: tried.number !== byMeasures.number })
  })
}

/** Takes the last edit of a story again after it was undone. Throws run.missing where there is none. */
export async function redoEdit(place: StoryPlace): Promise<ChosenBefore> {
  return changeStory(place, async (tx, { run, story, tries }) => {
    const tried = editOf(tries, story.tryNumber)
    if (!tried) throw new MolianError('run.missing', { what: 'try' })
    await replaceStory(tx, run.id, { tried, attempts: tries.length, byPerson: true })
  })
}

/**
 * Keeps a person's text as another try, of kind edited, and makes it the row's story. `madeOf`: the number of the try that was on the
 * screen. The same text again changes nothing. Throws run.missing, stories.edit-empty, stories.edit-long and stories.changed-meanwhile.
 */
export async function editStory(place: StoryPlace, edited: { text: string; madeOf: number }): Promise<ChosenBefore> {
  const text = edited.text.replaceAll('\r\n', '\n').replaceAll('\0', '').trim()
  if (text === '') throw new MolianError('stories.edit-empty')
  if (text.length > longestEdit) throw new MolianError('stories.edit-long', { length: text.length, most: longestEdit })
  return changeStory(place, async (tx, { run, story, tries }) => {
    if (story.tryNumber !== edited.madeOf) throw new MolianError('stories.changed-meanwhile', { row: place.row + 1 })
    if (story.text === text) return
    // Who writes an ending has ended the story; else it ends as it did.
    const finishReason = endsOnTerminator(text) ? 'stop' : story.finishReason
    const number = tries.length + 1
    const tried: NewTry = {
      ...judgedText(text, premiseOf(story.testRow), finishReason, boundsOf(run.settings)),
      testRowId: story.testRowId, number, kind: 'edited', fromNumber: story.tryNumber, seed: story.seed, finishReason,
      promptTokens: null, completionTokens: null, latencyMs: 0, storyRewriteId: null, address: null,
    }
    await putTries(tx, run.id, 0, [tried])
    await replaceStory(tx, run.id, { tried, attempts: number, byPerson: true })
  })
}

async function changeStory({ projectId, storyRunId, row }: StoryPlace, change: (tx: Tx, found: Found) => Promise<void>): Promise<ChosenBefore> {
  const { before, run } = await db().$transaction(async (tx) => {
    const run = await tx.storyRun.findFirst({ where: { id: storyRunId, projectId }, include: { job: true } })
    await holdStories(tx, storyRunId)
    // A job that writes further tries, and another tab, wait here.
    await tx.$queryRaw`SELECT s.id FROM story s JOIN test_row r ON r.id = s.test_row_id WHERE s.story_run_id = ${storyRunId}::uuid AND r.ordinal = ${row} FOR UPDATE OF s`
    const story = run && (await tx.story.findFirst({ where: { storyRunId, testRow: { ordinal: row } }, include: { testRow: true } }))
    if (!run || !story) throw new MolianError('run.missing', { what: 'story' })
    const tries = await tx.storyTry.findMany({ where: { storyRunId, testRowId: story.testRowId }, orderBy: { number: 'asc' } })
    await change(tx, { run, story, tries: tries.map(knownTry) })
    await announce(tx, { project: projectId, topic: 'stories', id: storyRunId })
    return { run, before: { number: story.tryNumber, byPerson: story.chosenByPerson } }
  })
  if (run.job.state === 'succeeded' && run.previewRows.length === 0) await startScoring(projectId, storyRunId)
  return before
}
