import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { StoryRun } from '@/lib/generated/prisma/client'
import type { Answer, Asker, Question } from '@/lib/llm/ask'
import { askMany } from '@/lib/llm/ask-many'
import { storyMessages, storyText } from '@/lib/llm/prompts'
import { seedOf } from '@/lib/draw'
import { flawsOfStory, refusingFlaws } from '@/lib/llm/story-flaws'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { Paused } from '@/lib/queue/lease'
import type { StoryPrompt, StorySampling } from '@/lib/settings/stories'
import { startScoring } from '@/lib/stages/stories/scoring'
import { storyRunSettings } from '@/lib/stages/stories/run-settings'
import { premiseOf } from '@/lib/text/test-row'
import { withWriter, type Served } from '@/gpu-worker/engine/with-writer'
import { groupCommit } from '@/gpu-worker/group-commit'

type Row = { id: number; ordinal: number; instruction: string; input: string }
type Written = { testRowId: number; outcome: 'good' | 'refused'; attempts: number; seed: number; flaws: string[]; answer: Answer }

/** A story for every row of the test file, all rows at once; each is kept when it comes, only missing rows are asked for. */
export const writeStories: Handler = async (attempt) => {
  const run = await db().storyRun.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { promptVersion: true, model: true, testFile: true } })
  const settings = storyRunSettings.parse(run.settings)
  const { sampling } = settings
  const prompt = run.promptVersion
  if (!prompt) throw new Error('A run that writes has a prompt')
  const total = run.testFile.rowCount
  const missing = await rowsWithoutStory(run.testFileId, run.id)
  let done = total - missing.length
  attempt.progress({ done, total, phase: 'starting-engine' })

  if (missing.length > 0) {
    await withWriter(settings.writer, run.model, attempt, longestQuestion(missing, prompt, sampling), async (ask, served, alive) => {
      const label = labelOf(attempt, run, served)
      attempt.progress({ done, total, phase: 'writing' })
      const stop = new AbortController()
      const signal = AbortSignal.any([alive, stop.signal])
      const commit = groupCommit<Written>((batch) => keep(attempt, run.id, batch))
      const isAllWritten = await askMany(missing, Math.min(sampling.concurrency, missing.length), { signal, pausing: attempt.pausing }, async (row) => {
        const written = await writeOne(row, { ask, prompt, sampling, signal, label })
        await commit(written).catch((error: unknown) => stop.abort(error))
        done += 1
        attempt.progress({ done, total, phase: 'writing' })
      })
      if (!isAllWritten && done < total) throw new Paused('asked')
    })
  }

  const good = await db().story.count({ where: { storyRunId: run.id, outcome: 'good' } })
  if (good === 0) throw new MolianError('stories.none-good', { total })
  await startScoring(run.projectId, run.id)
  return { total, good, refused: total - good }
}

type Writing = { ask: Asker; prompt: StoryPrompt; sampling: StorySampling; signal: AbortSignal; label: Label }

/** Hears the model's name in every answer and throws when it is another one than before. */
type Label = (servedModel: string) => Promise<void>

/** The run's label is what the server itself says it ran: known beforehand of this machine's engine, from the first answer of an endpoint. */
function labelOf(attempt: Attempt, run: StoryRun, served: Served): Label {
  let name = served.kind === 'engine' ? served.name : run.servedName
  const sha256 = served.kind === 'engine' ? served.sha256 : null
  let saved: Promise<unknown> | undefined
  return async (servedModel) => {
    name ??= servedModel
    if (servedModel !== name) throw new MolianError('stories.wrong-model', { served: servedModel, asked: name })
    saved ??= attempt.write((tx) => tx.storyRun.update({ where: { id: run.id }, data: { servedName: name, servedSha256: sha256 } }))
    await saved
  }
}

/** Asks until an answer has no refusing flaw, each time with another seed; of refused ones the longest stays. */
async function writeOne(row: Row, writing: Writing): Promise<Written> {
  const { ask, prompt, sampling, signal, label } = writing
  let best: Written | undefined
  for (let attempts = 1; attempts <= sampling.tries; attempts++) {
    const seed = seedOf(sampling.seed, row.ordinal, attempts)
    const answer = await ask(questionFor(row, seed, prompt, sampling), signal)
    await label(answer.servedModel)
    const text = answer.text.trim()
    const flaws = flawsOfStory(text, premiseOf(row), sampling.minimumCharacters, answer.finishReason)
    const outcome = flaws.some((flaw) => refusingFlaws.includes(flaw)) ? 'refused' : 'good'
    const written: Written = { testRowId: row.id, outcome, attempts, seed, flaws, answer: { ...answer, text } }
    if (outcome === 'good') return written
    if (!best || text.length > best.answer.text.length) best = written
    best = { ...best, attempts }
  }
  if (!best) throw new Error('A story needs at least one try')
  return best
}

function questionFor(row: Row, seed: number, prompt: StoryPrompt, sampling: StorySampling): Question {
  const place = { premise: premiseOf(row), instruction: row.instruction }
  const { temperature, topP, topK, repetitionPenalty, maxTokens } = sampling
  return {
    prompt: sampling.style === 'chat'
      ? { style: 'chat', messages: storyMessages(prompt, place) }
      : { style: 'completions', text: storyText(prompt, place) },
    temperature,
    topP,
    topK,
    repetitionPenalty,
    maxTokens,
    seed,
  }
}

function longestQuestion(rows: Row[], prompt: StoryPrompt, sampling: StorySampling): { characters: number; maxTokens: number } {
  const longest = rows.reduce((most, row) => Math.max(most, premiseOf(row).length + row.instruction.length), 0)
  return { characters: prompt.system.length + prompt.template.length + longest, maxTokens: sampling.maxTokens }
}

async function rowsWithoutStory(testFileId: string, storyRunId: string): Promise<Row[]> {
  return db().testRow.findMany({
    where: { testFileId, stories: { none: { storyRunId } } },
    orderBy: { ordinal: 'asc' },
    select: { id: true, ordinal: true, instruction: true, input: true },
  })
}

async function keep(attempt: Attempt, storyRunId: string, batch: Written[]): Promise<void> {
  const { epoch, projectId } = attempt
  // Written again when the database went away in the middle of it: what is there already stays.
  await attempt.write(async (tx) => {
    await tx.story.createMany({
      data: batch.map(({ answer, ...written }) => ({
        ...written,
        storyRunId,
        epoch,
        text: answer.text,
        finishReason: answer.finishReason,
        promptTokens: answer.promptTokens,
        completionTokens: answer.completionTokens,
        latencyMs: answer.latencyMs,
      })),
      skipDuplicates: true,
    })
    await announce(tx, { project: projectId, topic: 'stories', id: storyRunId })
  })
}
