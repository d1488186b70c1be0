import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { answerPrint } from '@/lib/llm/answer-print'
import { limitsOf } from '@/lib/llm/endpoints'
import { forecastOf, type Figure, type Forecast } from '@/lib/llm/forecast'
import { premiseQuestion } from '@/lib/llm/premise-question'
import { drawStyle, styledAsking } from '@/lib/llm/premise-styles'
import { scoringQuestion } from '@/lib/llm/premise-score'
import { charactersOf } from '@/lib/llm/question-length'
import { tokenizerOf } from '@/lib/models/tokenizer'
import type { PremisePrompt, PremiseSampling } from '@/lib/settings/premises'
import type { PassageSelection } from '@/lib/settings/selection'
import { modelDirectory } from '@/lib/stages/models'
import { pastAnswersOf } from '@/lib/stages/premises/past-answers'
import { priceOf } from '@/lib/stages/premises/prices'
import { promptPlaces } from '@/lib/stages/prompts/places'
import { selectedPassages, selectionTotals } from '@/lib/stages/premises/selected-passages'
import type { ChosenWriter } from '@/lib/stages/writer'

/** Passages of which the questions are rendered. */
const sampled = 24
/** Where nothing is known: tokens for a character of Chinese by the tokenizers of today, and questions for a premise. */
const guessedRatio = 0.7
const guessedQuestions = 1.2
const guessedAnswer = 40

export type ForecastOrder = { passageSetId: string; selection?: PassageSelection; prompt: PremisePrompt; sampling: PremiseSampling; writer: ChosenWriter }

/** What a run would take, reckoned from a sample of its questions and from what is known of its model. Throws run.missing for what is not the project's. */
export async function forecastPremises(projectId: string, { passageSetId, selection, prompt, sampling, writer }: ForecastOrder): Promise<Forecast> {
  if ((await db().passageSet.count({ where: { id: passageSetId, projectId } })) === 0) throw new MolianError('run.missing', { what: 'passage set' })
  const [{ passages }, past, ids, price, limits] = await Promise.all([
    selectionTotals(passageSetId, selection),
    pastAnswersOf(writer),
    db().$queryRaw<{ id: number }[]>`SELECT id FROM (${selectedPassages(passageSetId, selection)}) AS chosen ORDER BY md5(id::text) LIMIT ${sampled}`,
    writer.kind === 'endpoint' ? priceOf(writer.endpointId, writer.model) : null,
    writer.kind === 'endpoint' ? limitsOf(writer.endpointId) : { requestsPerMinute: null, tokensPerMinute: null },
  ])
  const places = await promptPlaces(ids.map(({ id }) => id))
  const questions = places.map((place) => premiseQuestion(styledAsking(prompt, sampling, drawStyle(prompt, sampling.seed, place.ordinal)), sampling, place, place.ordinal, 1))
  const mean = (values: number[]) => (values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0)
  const known = (value: number | null | undefined, guess: number): Figure => (past && value !== null && value !== undefined ? { value, from: 'answers', of: past.count } : { value: guess, from: 'guess', of: 0 })
  const ratio = past?.tokensPerCharacter ?? null
  return forecastOf({
    passages,
    reusedShare: await reusedShare(questions, writer, sampling.seed),
    charactersEach: mean(questions.map(charactersOf)),
    tokensPerCharacter: ratio === null && writer.kind === 'engine' ? await countedRatio(writer.modelId, places.map(({ passage }) => passage)) : known(ratio, guessedRatio),
    completionTokens: known(past?.completionTokens, Math.min(guessedAnswer, sampling.maxTokens)),
    questionsEach: known(past?.questionsEach, Math.min(guessedQuestions, sampling.tries)),
    latencyMs: past ? { value: past.latencyMs, from: 'answers', of: past.count } : null,
    startMs: past && past.startMs !== null ? { value: past.startMs, from: 'answers', of: 1 } : null,
    scoring: sampling.scoring ? { charactersEach: mean(places.map(({ passage }) => charactersOf(scoringQuestion(passage, '提'.repeat(30), sampling.style, 0)))) } : null,
    concurrency: sampling.concurrency,
    limits,
    price,
  })
}

/** By the tokenizer of a model of this machine; guessed where it cannot be read. */
async function countedRatio(modelId: string, texts: readonly string[]): Promise<Figure> {
  const model = await db().model.findUnique({ where: { id: modelId } })
  const text = texts.join('\n')
  if (!model || text === '') return { value: guessedRatio, from: 'guess', of: 0 }
  try {
    const tokenizer = await tokenizerOf(modelDirectory(model))
    return { value: tokenizer.countTokens(text) / text.length, from: 'tokenizer', of: texts.length }
  } catch {
    return { value: guessedRatio, from: 'guess', of: 0 }
  }
}

/** The share of the questions that were answered before, and so cost nothing. Of an engine's weights nothing is known before it serves them. */
async function reusedShare(questions: readonly Parameters<typeof answerPrint>[0][], writer: ChosenWriter, seed: number): Promise<number> {
  if (writer.kind !== 'endpoint' || questions.length === 0) return 0
  const endpoint = await db().endpoint.findUnique({ where: { id: writer.endpointId }, select: { baseUrl: true } })
  if (!endpoint) return 0
  const prints = questions.map((question) => answerPrint(question, { kind: 'endpoint', baseUrl: endpoint.baseUrl, model: writer.model }, seed, 1))
  const rows = await db().premiseAnswer.findMany({ where: { question: { in: prints }, isReused: false }, distinct: ['question'], select: { question: true } })
  return rows.length / questions.length
}
