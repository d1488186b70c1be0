import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { askMany } from '@/lib/llm/ask-many'
import type { Answerer } from '@/lib/llm/answer-print'
import { allAskings } from '@/lib/llm/premise-styles'
import { premiseText } from '@/lib/llm/prompts'
import type { Handler } from '@/lib/queue/attempt'
import { Paused } from '@/lib/queue/lease'
import type { PremiseSampling, PremisePrompt } from '@/lib/settings/premises'
import { premiseRunSettings, priceOfRun } from '@/lib/stages/premises/premises'
import { longestPlace } from '@/lib/stages/prompts/places'
import { promptWordsOf } from '@/lib/stages/prompts/prompts'
import { selectionTotals } from '@/lib/stages/premises/selected-passages'
import { testLeaks } from '@/lib/stages/stories/test-files'
import { inJsonForm } from '@/gpu-worker/engine/in-json-form'
import { withWriter, type Served } from '@/gpu-worker/engine/with-writer'
import { groupCommit } from '@/gpu-worker/group-commit'
import { passagesWithoutPremise, type Answered, type Failed } from '@/gpu-worker/stages/write-premises/answered'
import { keepAnswers } from '@/gpu-worker/stages/write-premises/keep-answers'
import { nextPassages } from '@/gpu-worker/stages/write-premises/next-passages'
import { BudgetReached, paidAsker } from '@/gpu-worker/stages/write-premises/paid-asker'
import { QuestionClaims } from '@/gpu-worker/stages/write-premises/question-claims'
import { RowFailures } from '@/gpu-worker/stages/write-premises/row-failures'
import { scorePremises } from '@/gpu-worker/stages/write-premises/score-premises'
import { steer } from '@/gpu-worker/stages/write-premises/steering'
import { printOf, writeOne } from '@/gpu-worker/stages/write-premises/write-one'

/**
 * A premise for every passage that the run selects: only those without an outcome are asked for, each answer is kept
 * as it comes. Throws Paused when a person asks for it, or when the budget leaves too little.
 */
export const writePremises: Handler = async (attempt) => {
  const run = await db().premiseRun.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { promptVersion: true, model: true, endpoint: true } })
  const { writer, sampling, selection } = premiseRunSettings.parse(run.settings)
  const prompt = promptWordsOf(run.promptVersion)
  const leaks = await testLeaks(run.projectId)
  const { passages: total, longest } = await selectionTotals(run.passageSetId, selection)
  const missing = await passagesWithoutPremise(run.passageSetId, selection, run.id)
  const ungraded = sampling.scoring ? await db().premise.count({ where: { premiseRunId: run.id, outcome: 'good', scoring: null } }) : 0
  let done = total - missing.length
  attempt.progress({ done, total, phase: 'starting-engine' })

  if (missing.length > 0 || ungraded > 0) {
    await withWriter(writer, run.model, attempt, longestQuestion(longest, prompt, sampling), async (ask, served, alive) => {
      attempt.progress({ done, total, phase: 'writing' })
      const { width, purse } = await steer(attempt, run, sampling.concurrency)
      const stop = new AbortController()
      const poor = new AbortController()
      const signal = AbortSignal.any([alive, stop.signal])
      const pausing = AbortSignal.any([attempt.pausing, poor.signal])
      const paid = paidAsker(inJsonForm(ask, attempt, writer), priceOfRun(run), purse, attempt.pausing)
      const commit = groupCommit<Answered | Failed>((batch) => keepAnswers(attempt, run.id, batch))
      // Written before the next question goes out: a kill loses no answer but those to questions in flight.
      const keep = (each: Answered | Failed) => commit(each).catch((error: unknown) => stop.abort(error))
      const writing = { ask: paid, answerer: answererOf(served), prompt, sampling, tries: sampling.tries + run.extraTries, leaks, claims: new QuestionClaims(attempt), failures: new RowFailures(), signal, pausing, keep }
      const withinBudget = (work: Promise<boolean>) => work.catch((error: unknown) => {
        if (!(error instanceof BudgetReached)) throw error
        poor.abort()
        return false
      })
      const passages = nextPassages(missing, (place, attempt) => printOf(place, attempt, writing))
      await askMany(passages, width, { signal, pausing }, async (next) => {
        if (!(await withinBudget(writeOne(next, writing)))) return
        done += 1
        attempt.progress({ done, total, phase: 'writing' })
      })
      signal.throwIfAborted()
      const isFinished = done === total && (!sampling.scoring || (await withinBudget(scorePremises(attempt, { premiseRunId: run.id, sampling, width, signal, pausing, ask: paid }))))
      if (!isFinished) throw new Paused(poor.signal.aborted ? 'budget' : 'asked')
    })
  }

  const counts = await db().premise.groupBy({ by: ['outcome'], where: { premiseRunId: run.id }, _count: true })
  const count = (outcome: 'good' | 'refused' | 'failed') => counts.find((each) => each.outcome === outcome)?._count ?? 0
  if (count('good') === 0) throw new MolianError('premises.none-good', { total })
  return { total, good: count('good'), refused: count('refused'), failed: count('failed') }
}

function answererOf(served: Served): Answerer {
  return served.kind === 'engine' ? { kind: 'engine', sha256: served.sha256 } : served
}

function longestQuestion(longestPassage: number, prompt: PremisePrompt, sampling: PremiseSampling): { characters: number; maxTokens: number } {
  const askings = allAskings(prompt, sampling)
  const around = Math.max(...askings.map((asking) => premiseText(asking.prompt, longestPlace).length))
  // The question for a grade holds the passage too, and few words besides.
  return { characters: Math.max(around, 600) + longestPassage, maxTokens: Math.max(...askings.map(({ maxTokens }) => maxTokens)) }
}
