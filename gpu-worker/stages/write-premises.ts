import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Asker } from '@/lib/llm/ask'
import { askMany } from '@/lib/llm/ask-many'
import { flawsOfPremise, outcomeOf, unwrapped } from '@/lib/llm/premise-flaws'
import { premiseQuestion } from '@/lib/llm/premise-question'
import { allAskings, drawStyle, styledAsking } from '@/lib/llm/premise-styles'
import { premiseText } from '@/lib/llm/prompts'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import type { PremiseSampling, PremisePrompt } from '@/lib/settings/premises'
import type { PremiseStyle } from '@/lib/settings/premise-styles'
import { premiseRunSettings } from '@/lib/stages/premises'
import { longestPlace, promptPlaces, type PlacedPassage } from '@/lib/stages/prompt-places'
import { premisePromptOf } from '@/lib/stages/prompts'
import { testLeaks, type TestPremise } from '@/lib/stages/test-files'
import type { LeakFinder } from '@/lib/text/leaks'
import { withWriter } from '@/gpu-worker/engine/with-writer'
import { groupCommit } from '@/gpu-worker/group-commit'

type Answered = {
  passageId: number
  attempt: number
  style: PremiseStyle
  text: string
  flaws: string[]
  promptTokens: number | null
  completionTokens: number | null
  latencyMs: number
  /** Set when this answer decides the passage. */
  outcome: 'good' | 'refused' | null
}

/** A premise for every passage of the set: only those without an outcome are asked for, each answer is kept before the next question. */
export const writePremises: Handler = async (attempt) => {
  const run = await db().premiseRun.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { promptVersion: true, model: true } })
  const settings = premiseRunSettings.parse(run.settings)
  const { sampling } = settings
  const prompt = premisePromptOf(run.promptVersion)
  const leaks = await testLeaks(attempt.projectId)
  const total = await db().passage.count({ where: { passageSetId: run.passageSetId } })
  const missing = await passagesWithoutPremise(run.passageSetId, run.id)
  let done = total - missing.length
  attempt.progress({ done, total, phase: 'starting-engine' })

  if (missing.length > 0) {
    await withWriter(settings.writer, run.model, attempt, await longestQuestion(run.passageSetId, prompt, sampling), async (ask, _served, alive) => {
      attempt.progress({ done, total, phase: 'writing' })
      const stop = new AbortController()
      const signal = AbortSignal.any([alive, stop.signal])
      const commit = groupCommit<Answered>((batch) => keep(attempt, run.id, batch))
      const keepOne = (answered: Answered) => commit(answered).catch((error: unknown) => stop.abort(error))
      await askMany(missing, sampling.concurrency, signal, async ({ id, attempts }) => {
        const [place] = await promptPlaces([id])
        if (!place) return
        await writeOne(place, attempts, { ask, prompt, sampling, leaks, signal, keep: keepOne })
        done += 1
        attempt.progress({ done, total, phase: 'writing' })
      })
    })
  }

  const good = await db().premise.count({ where: { premiseRunId: run.id, outcome: 'good' } })
  if (good === 0) throw new MolianError('premises.none-good', { total })
  return { total, good, refused: total - good }
}

type Writing = {
  ask: Asker
  prompt: PremisePrompt
  sampling: PremiseSampling
  leaks: LeakFinder<TestPremise>
  signal: AbortSignal
  /** Resolves when it is written; nothing is asked before. */
  keep: (answered: Answered) => Promise<void>
}

async function writeOne(place: PlacedPassage, triesBefore: number, writing: Writing): Promise<void> {
  const { ask, prompt, sampling, leaks, signal, keep } = writing
  const asking = styledAsking(prompt, sampling, drawStyle(prompt, sampling.seed, place.ordinal))
  const about = { style: asking.style, around: [place.title, place.chapter, place.previous], leaks }
  for (let attempt = triesBefore + 1; attempt <= Math.max(sampling.tries, triesBefore + 1); attempt++) {
    const answer = await ask(premiseQuestion(asking, sampling, place, place.ordinal, attempt), signal)
    const text = unwrapped(answer.text)
    const flaws = flawsOfPremise(text, place.passage, asking.limits, answer.finishReason, about)
    const outcome = outcomeOf(flaws, attempt >= sampling.tries)
    const { promptTokens, completionTokens, latencyMs } = answer
    await keep({ passageId: place.id, attempt, style: asking.style, text, flaws, promptTokens, completionTokens, latencyMs, outcome })
    if (outcome) return
  }
}

async function longestQuestion(passageSetId: string, prompt: PremisePrompt, sampling: PremiseSampling): Promise<{ characters: number; maxTokens: number }> {
  const rows = await db().$queryRaw<{ longest: number | null }[]>`
    SELECT max(end_at - start_at)::int AS longest FROM passage WHERE passage_set_id = ${passageSetId}::uuid`
  const askings = allAskings(prompt, sampling)
  const around = Math.max(...askings.map((asking) => premiseText(asking.prompt, longestPlace).length))
  return { characters: around + (rows[0]?.longest ?? 0), maxTokens: Math.max(...askings.map(({ maxTokens }) => maxTokens)) }
}

async function passagesWithoutPremise(passageSetId: string, premiseRunId: string): Promise<{ id: number; attempts: number }[]> {
  return db().$queryRaw<{ id: number; attempts: number }[]>`
    SELECT s.id, coalesce(max(a.attempt), 0)::int AS attempts FROM passage s
    LEFT JOIN premise p ON p.passage_id = s.id AND p.premise_run_id = ${premiseRunId}::uuid
    LEFT JOIN premise_answer a ON a.passage_id = s.id AND a.premise_run_id = ${premiseRunId}::uuid
    WHERE s.passage_set_id = ${passageSetId}::uuid AND p.id IS NULL GROUP BY s.id, s.ordinal ORDER BY s.ordinal`
}

async function keep(attempt: Attempt, premiseRunId: string, batch: Answered[]): Promise<void> {
  const { epoch, projectId } = attempt
  // Written again when the database went away in the middle of it: what is there already stays.
  await attempt.write(async (tx) => {
    await tx.premiseAnswer.createMany({
      data: batch.map(({ outcome: _outcome, style: _style, ...answer }) => ({ ...answer, premiseRunId, epoch })),
      skipDuplicates: true,
    })
    await tx.premise.createMany({
      data: batch.flatMap(({ passageId, style, text, flaws, attempt: attempts, outcome }) =>
        outcome ? [{ premiseRunId, passageId, style, outcome, text, flaws, attempts, epoch }] : [],
      ),
      skipDuplicates: true,
    })
    await announce(tx, { project: projectId, topic: 'premises', id: premiseRunId })
  })
}
