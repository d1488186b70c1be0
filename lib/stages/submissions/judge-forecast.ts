import { db } from '@/lib/db'
import { costOf, type Price } from '@/lib/llm/cost'
import { charactersOf } from '@/lib/llm/question-length'
import { priceOf } from '@/lib/stages/premises/prices'
import { firstPairs } from '@/lib/stages/submissions/drawn-pairs'
import type { JudgeSettings } from '@/lib/stages/submissions/judge-settings'
import { inBothOrders, judgedBefore, judgedPrint } from '@/lib/stages/submissions/judge-questions'

/** What asking a judge would take. `calls` are those that would be paid for; `tokensFrom`: reckoned from its past answers, or guessed. */
export type JudgeForecast = { pairs: number; calls: number; reused: number; promptTokens: number; completionTokens: number; tokensFrom: 'answers' | 'guess'; price: Price | null; cost: number | null }

/** Where nothing is known: tokens for a character of Chinese by the tokenizers of today, and of an answer with a reason. */
const guessed = { perCharacter: 0.7, completion: 90 }
/** Past answers that say something. */
const enough = 4

/** Calls, tokens and cost of judging a round's first pairs, before anything is asked. Null where the project has no such round. */
export async function forecastJudging(projectId: string, voteRoundId: string, settings: JudgeSettings): Promise<JudgeForecast | null> {
  const round = await db().voteRound.findFirst({ where: { id: voteRoundId, projectId } })
  if (!round) return null
  const { writer, sampling } = settings
  const pairs = await firstPairs(round, sampling.pairs)
  const asked = inBothOrders(pairs, settings)
  const endpoint = writer.kind === 'endpoint' ? await db().endpoint.findUnique({ where: { id: writer.endpointId }, select: { baseUrl: true } }) : null
  // Of an engine's weights nothing is known before it serves them.
  const prints = writer.kind === 'endpoint' && endpoint ? asked.map(({ question }) => judgedPrint(question, { kind: 'endpoint', baseUrl: endpoint.baseUrl, model: writer.model }, sampling.seed)) : []
  const [known, past, price] = await Promise.all([judgedBefore(prints), pastOf(settings), writer.kind === 'endpoint' ? priceOf(writer.endpointId, writer.model) : null])
  const fresh = asked.filter((_, at) => !known.has(prints[at] ?? ''))
  const characters = fresh.reduce((sum, { question }) => sum + charactersOf(question), 0)
  const tokens = { prompt: Math.round(characters * (past?.perCharacter ?? guessed.perCharacter)), completion: Math.round(fresh.length * (past?.completion ?? Math.min(guessed.completion, sampling.maxTokens))) }
  return {
    pairs: pairs.length, calls: fresh.length, reused: asked.length - fresh.length, promptTokens: tokens.prompt, completionTokens: tokens.completion,
    tokensFrom: past ? 'answers' : 'guess', price, cost: price ? costOf(tokens, price) : null,
  }
}

/** Tokens of a judge's past answers: for a character that it was given, and of an answer. */
async function pastOf({ writer }: JudgeSettings): Promise<{ perCharacter: number; completion: number } | null> {
  const of = writer.kind === 'endpoint' ? { endpointId: writer.endpointId, settings: { path: ['writer', 'model'], equals: writer.model } } : { modelId: writer.modelId }
  const answers = await db().judgeAnswer.findMany({
    where: { judgeRun: of, isReused: false, errorCode: null, promptTokens: { gt: 0 }, completionTokens: { gt: 0 } }, orderBy: { at: 'desc' }, take: 100,
    select: { promptTokens: true, completionTokens: true, judgeRun: { select: { settings: true } }, leftRunId: true, rightRunId: true, testRow: { select: { stories: { select: { storyRunId: true, text: true } } } } },
  })
  if (answers.length < enough) return null
  let [characters, prompt, completion] = [0, 0, 0]
  for (const { promptTokens, completionTokens, leftRunId, rightRunId, testRow } of answers) {
    const texts = testRow.stories.filter(({ storyRunId }) => storyRunId === leftRunId || storyRunId === rightRunId)
    // The prompt's own words are some hundred characters beside some thousand.
    characters += texts.reduce((sum, { text }) => sum + text.length, 0) + promptWords
    prompt += promptTokens ?? 0
    completion += completionTokens ?? 0
  }
  return { perCharacter: prompt / characters, completion: completion / answers.length }
}

/** Characters of the usual prompt and a premise. */
const promptWords = 320
