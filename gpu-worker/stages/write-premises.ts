import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Asker, Question } from '@/lib/llm/ask'
import { askMany } from '@/lib/llm/ask-many'
import { flawsOfPremise, unwrapped } from '@/lib/llm/premise-flaws'
import { premiseMessages, premiseText } from '@/lib/llm/prompts'
import { seedOf } from '@/lib/draw'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import type { PremiseSampling, PremisePrompt } from '@/lib/settings/premises'
import { passagesById, type PassageEntry } from '@/lib/stages/passages'
import { premiseRunSettings } from '@/lib/stages/premises'
import { examplesOf } from '@/lib/stages/prompts'
import { withWriter } from '@/gpu-worker/engine/with-writer'
import { groupCommit } from '@/gpu-worker/group-commit'

type Answered = {
  passageId: number
  attempt: number
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
  const prompt = { system: run.promptVersion.system, template: run.promptVersion.template, examples: examplesOf(run.promptVersion) }
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
        const [passage] = await passagesById([id])
        if (!passage) return
        await writeOne(passage, attempts, { ask, prompt, sampling, signal, keep: keepOne })
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
  signal: AbortSignal
  /** Resolves when it is written; nothing is asked before. */
  keep: (answered: Answered) => Promise<void>
}

async function writeOne(passage: PassageEntry, triesBefore: number, writing: Writing): Promise<void> {
  const { ask, prompt, sampling, signal, keep } = writing
  for (let attempt = triesBefore + 1; attempt <= Math.max(sampling.tries, triesBefore + 1); attempt++) {
    const answer = await ask(questionFor(passage, attempt, prompt, sampling), signal)
    const text = unwrapped(answer.text)
    const flaws = flawsOfPremise(text, passage.text, sampling, answer.finishReason)
    const last = attempt >= sampling.tries
    const outcome = flaws.length === 0 ? 'good' : last ? 'refused' : null
    const { promptTokens, completionTokens, latencyMs } = answer
    await keep({ passageId: passage.id, attempt, text, flaws, promptTokens, completionTokens, latencyMs, outcome })
    if (outcome) return
  }
}

function questionFor(passage: PassageEntry, attempt: number, prompt: PremisePrompt, sampling: PremiseSampling): Question {
  const place = { passage: passage.text, title: passage.novel, chapter: passage.chapter }
  return {
    prompt: sampling.style === 'chat'
      ? { style: 'chat', messages: premiseMessages(prompt, place) }
      : { style: 'completions', text: premiseText(prompt, place) },
    temperature: sampling.temperature,
    topP: sampling.topP,
    topK: 0,
    repetitionPenalty: 1,
    maxTokens: sampling.maxTokens,
    seed: seedOf(sampling.seed, passage.ordinal, attempt),
    ...(sampling.style === 'completions' ? { stop: ['\n'] } : {}),
  }
}

async function longestQuestion(passageSetId: string, prompt: PremisePrompt, sampling: PremiseSampling): Promise<{ characters: number; maxTokens: number }> {
  const rows = await db().$queryRaw<{ longest: number | null }[]>`
    SELECT max(end_at - start_at)::int AS longest FROM passage WHERE passage_set_id = ${passageSetId}::uuid`
  const around = premiseText(prompt, { passage: '', title: '', chapter: '' }).length
  return { characters: around + (rows[0]?.longest ?? 0), maxTokens: sampling.maxTokens }
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
      data: batch.map(({ outcome: _outcome, ...answer }) => ({ ...answer, premiseRunId, epoch })),
      skipDuplicates: true,
    })
    await tx.premise.createMany({
      data: batch.flatMap(({ passageId, text, flaws, attempt: attempts, outcome }) =>
        outcome ? [{ premiseRunId, passageId, outcome, text, flaws, attempts, epoch }] : [],
      ),
      skipDuplicates: true,
    })
    await announce(tx, { project: projectId, topic: 'premises', id: premiseRunId })
  })
}
