import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Prisma } from '@/lib/generated/prisma/client'
import type { Answer } from '@/lib/llm/ask'
import { askMany } from '@/lib/llm/ask-many'
import { verdictIn } from '@/lib/llm/judge-verdict'
import { Purse } from '@/lib/llm/purse'
import { charactersOf } from '@/lib/llm/question-length'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { Paused } from '@/lib/queue/lease'
import { firstPairs } from '@/lib/stages/submissions/drawn-pairs'
import { type AskedOrder, inBothOrders, judgedBefore, judgedPrint } from '@/lib/stages/submissions/judge-questions'
import { judgeSettings } from '@/lib/stages/submissions/judge-settings'
import { withWriter } from '@/gpu-worker/engine/with-writer'
import { groupCommit } from '@/gpu-worker/group-commit'
import { modelLabel } from '@/gpu-worker/stages/model-label'
import { BudgetReached, paidAsker } from '@/gpu-worker/stages/write-premises/paid-asker'
import { RowFailures } from '@/gpu-worker/stages/write-premises/row-failures'

type NewAnswer = Omit<Prisma.JudgeAnswerCreateManyInput, 'judgeRunId' | 'epoch'>

/**
 * Asks a model which of two stories is better, of a round's first pairs, each in both orders. Every answer is kept as it comes; what was
 * answered before, here or in another run, is not asked again. Throws Paused when a person asks for it, or when the budget leaves too little.
 */
export const judgeStories: Handler = async (attempt) => {
  const run = await db().judgeRun.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { model: true, voteRound: true } })
  const settings = judgeSettings.parse(run.settings)
  const { writer, sampling } = settings
  const asked = inBothOrders(await firstPairs(run.voteRound, sampling.pairs), settings)
  if (asked.length === 0) throw new MolianError('votes.nothing-to-judge')
  const missing = await unanswered(attempt, run.id, asked)
  const total = asked.length
  let done = total - missing.length
  attempt.progress({ done, total, phase: 'starting-engine' })

  if (missing.length > 0) {
    const longest = { characters: Math.max(...missing.map(({ question }) => charactersOf(question))), maxTokens: sampling.maxTokens }
    await withWriter(writer, run.model, attempt, longest, async (ask, served, alive) => {
      const label = modelLabel(run, served, (answered) => attempt.write((tx) => tx.judgeRun.update({ where: { id: run.id }, data: answered })))
      attempt.progress({ done, total, phase: 'judging' })
      const answerer = served.kind === 'engine' ? { kind: 'engine' as const, sha256: served.sha256 } : served
      const prints = new Map(missing.map((each) => [each, judgedPrint(each.question, answerer, sampling.seed)]))
      const known = await judgedBefore([...prints.values()])
      const price = run.inputPrice !== null && run.outputPrice !== null && run.currency !== null ? { input: run.inputPrice, output: run.outputPrice, currency: run.currency } : null
      const [stop, poor] = [new AbortController(), new AbortController()]
      const signal = AbortSignal.any([alive, stop.signal])
      const pausing = AbortSignal.any([attempt.pausing, poor.signal])
      const paid = paidAsker(ask, price, new Purse(await spentBy(run.id), run.budget), attempt.pausing)
      const commit = groupCommit<NewAnswer>((batch) => keep(attempt, run.id, batch))
      const failures = new RowFailures()
      // Rows may well ask the same: two samples of one premise that are alike word for word.
      const asking = new Map<string, Promise<Answer>>()

      async function answerOne(each: AskedOrder): Promise<NewAnswer> {
        const question = prints.get(each) ?? ''
        const place = { testRowId: each.row, leftRunId: each.leftRunId, rightRunId: each.rightRunId, print: each.print, question }
        const before = known.get(question)
        if (before) return { ...place, ...before, verdict: verdictIn(before.text), isReused: true, cost: 0, latencyMs: 0 }
        // Without a wait where nobody asks yet: the next one would not see that this one does.
        const other = asking.get(question)
        const twin = other ? await other.catch(() => null) : null
        if (twin) return { ...place, ...said(twin), isReused: true, cost: 0, latencyMs: 0 }
        const begunAt = performance.now()
        const own = paid(each.question, signal)
        asking.set(question, own.then(({ answer }) => answer))
        asking.get(question)?.catch(() => asking.delete(question))
        try {
          const { answer, cost } = await own
          await label(answer.servedModel)
          failures.answered()
          return { ...place, ...said(answer), cost, latencyMs: Math.round(answer.latencyMs) }
        } catch (error) {
          if (!failures.isOfRow(error, begunAt)) throw error
          return { ...place, text: '', verdict: null, latencyMs: 0, errorCode: error.code, errorParams: error.params }
        }
      }

      const isAllAsked = await askMany(missing, Math.min(sampling.concurrency, missing.length), { signal, pausing }, async (each) => {
        const answer = await answerOne(each).catch((error: unknown) => {
          if (!(error instanceof BudgetReached)) throw error
          poor.abort()
          return null
        })
        if (!answer) return
        await commit(answer).catch((error: unknown) => stop.abort(error))
        done += 1
        attempt.progress({ done, total, phase: 'judging' })
      })
      signal.throwIfAborted()
      if (!isAllAsked || done < total) throw new Paused(poor.signal.aborted ? 'budget' : 'asked')
    }, run.servedName)
  }

  const of = { judgeRunId: run.id, print: { in: asked.map(({ print }) => print) } }
  const [failed, abstained] = await Promise.all([db().judgeAnswer.count({ where: { ...of, errorCode: { not: null } } }), db().judgeAnswer.count({ where: { ...of, errorCode: null, verdict: null } })])
  return { total, abstained, failed }
}

/** What of an answer is kept. A server may count in halves; the columns are whole. */
function said({ text, finishReason, servedModel, promptTokens, completionTokens }: Answer) {
  const whole = (count: number | null) => (count === null ? null : Math.round(count))
  return { text, finishReason, servedModel, promptTokens: whole(promptTokens), completionTokens: whole(completionTokens), verdict: verdictIn(text) }
}

/** What has no answer yet. Failures of an earlier attempt, and answers about stories that have changed since, are taken away to be asked about anew. */
async function unanswered(attempt: Attempt, judgeRunId: string, asked: readonly AskedOrder[]): Promise<AskedOrder[]> {
  const prints = asked.map(({ print }) => print)
  await attempt.write((tx) => tx.judgeAnswer.deleteMany({ where: { judgeRunId, OR: [{ errorCode: { not: null } }, { print: { notIn: prints } }] } }))
  const kept = await db().judgeAnswer.findMany({ where: { judgeRunId }, select: { testRowId: true, leftRunId: true, rightRunId: true } })
  const known = new Set(kept.map(({ testRowId, leftRunId, rightRunId }) => `${testRowId} ${leftRunId} ${rightRunId}`))
  return asked.filter(({ row, leftRunId, rightRunId }) => !known.has(`${row} ${leftRunId} ${rightRunId}`))
}

async function spentBy(judgeRunId: string): Promise<number> {
  const { _sum } = await db().judgeAnswer.aggregate({ where: { judgeRunId }, _sum: { cost: true } })
  return _sum.cost ?? 0
}

async function keep(attempt: Attempt, judgeRunId: string, batch: readonly NewAnswer[]): Promise<void> {
  const { epoch, projectId } = attempt
  // Written again when the database went away in the middle of it: what is there already stays.
  await attempt.write(async (tx) => {
    await tx.judgeAnswer.createMany({ data: batch.map((answer) => ({ ...answer, judgeRunId, epoch })), skipDuplicates: true })
    await announce(tx, { project: projectId, topic: 'submissions', id: judgeRunId })
  })
}
