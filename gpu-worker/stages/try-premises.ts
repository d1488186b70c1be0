import { db } from '@/lib/db'
import { asMolianError, type MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Prisma } from '@/lib/generated/prisma/client'
import type { Asker } from '@/lib/llm/ask'
import { flawsOfPremise, unwrapped } from '@/lib/llm/premise-flaws'
import { premiseQuestion } from '@/lib/llm/premise-question'
import { allAskings, drawStyle, styledAsking, type StyledAsking } from '@/lib/llm/premise-styles'
import { premiseText } from '@/lib/llm/prompts'
import type { Handler } from '@/lib/queue/attempt'
import { LeaseLost } from '@/lib/queue/lease'
import { sidesOf, type TrialSide } from '@/lib/stages/premises/trials'
import { promptPlaces, type PlacedPassage } from '@/lib/stages/prompts/places'
import { testLeaks } from '@/lib/stages/stories/test-files'
import { inJsonForm } from '@/gpu-worker/engine/in-json-form'
import { withWriter } from '@/gpu-worker/engine/with-writer'

/** One side's question about one passage. */
type Asked = { side: number; place: PlacedPassage; asking: StyledAsking }

/**
 * Asks each side of a trial once about every passage, and keeps each answer, or why there is none, as it comes. What was
 * answered in an earlier attempt is not asked for again. Fails, with the first reason, only when nothing was answered.
 */
export const tryPremises: Handler = async (attempt) => {
  const trial = await db().premiseTrial.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const sides = sidesOf(trial)
  await attempt.write((tx) => tx.premiseTrialAnswer.deleteMany({ where: { premiseTrialId: trial.id, errorCode: { not: null } } }))
  const kept = await db().premiseTrialAnswer.findMany({ where: { premiseTrialId: trial.id }, select: { side: true, passageId: true } })
  const places = await promptPlaces(trial.passageIds)
  const leaks = await testLeaks(trial.projectId)
  const total = sides.length * trial.passageIds.length
  const settled = new Set(kept.map(({ side, passageId }) => `${side} ${passageId}`))
  const progress = () => attempt.progress({ done: settled.size, total, phase: 'writing' })
  let failure: MolianError | undefined

  async function keep({ side, place, asking }: Asked, answer: Omit<Prisma.PremiseTrialAnswerCreateManyInput, 'premiseTrialId' | 'side' | 'passageId' | 'epoch' | 'style'>): Promise<void> {
    const row = { premiseTrialId: trial.id, side, passageId: place.id, epoch: attempt.epoch, style: asking.style, ...answer }
    await attempt.write(async (tx) => {
      await tx.premiseTrialAnswer.createMany({ data: [row], skipDuplicates: true })
      await announce(tx, { project: attempt.projectId, topic: 'premises', id: trial.id })
    })
    settled.add(`${side} ${place.id}`)
    progress()
  }

  async function answerOne(asked: Asked, side: TrialSide, ask: Asker, signal: AbortSignal): Promise<void> {
    const { place, asking } = asked
    const { text: said, finishReason, servedModel, promptTokens, completionTokens, latencyMs } = await ask(premiseQuestion(asking, side.sampling, place, place.ordinal, 1), signal)
    const text = unwrapped(said)
    const flaws = flawsOfPremise(text, place.passage, asking.limits, finishReason, { style: asking.style, around: [place.title, place.chapter, place.previous], leaks })
    await keep(asked, { text, flaws, servedModel, promptTokens, completionTokens, latencyMs })
  }

  async function keepFailure(asked: Asked, thrown: unknown): Promise<void> {
    if (attempt.signal.aborted || thrown instanceof LeaseLost) throw thrown
    const error = asMolianError(thrown)
    failure ??= error
    const { code, params } = error
    await keep(asked, { text: '', flaws: [], servedModel: '', latencyMs: 0, errorCode: code, errorParams: params })
  }

  progress()
  // Two sides of one writer are asked together: an engine is started once for both.
  for (const group of groupsOf(sides)) {
    const [first] = group
    if (!first) continue
    const asked = group.flatMap(({ side, at }) =>
      places
        .filter(({ id }) => !settled.has(`${at} ${id}`))
        .map((place) => ({ side: at, place, asking: styledAsking(side.prompt, side.sampling, drawStyle(side.prompt, side.sampling.seed, place.ordinal)) })),
    )
    if (asked.length === 0) continue
    const sideAt = (at: number) => group.find((each) => each.at === at)?.side ?? first.side
    const model = first.side.writer.kind === 'engine' ? await db().model.findUnique({ where: { id: first.side.writer.modelId } }) : null
    try {
      await withWriter(first.side.writer, model, attempt, longestQuestion(group, places), async (plain, _served, signal) => {
        const ask = inJsonForm(plain, attempt, first.side.writer)
        progress()
        await Promise.all(asked.map((each) => answerOne(each, sideAt(each.side), ask, signal).catch((error: unknown) => keepFailure(each, error))))
      })
    } catch (error) {
      // The writer could not be had at all: that is this side's answer to every passage.
      for (const each of asked) if (!settled.has(`${each.side} ${each.place.id}`)) await keepFailure(each, error)
    }
  }

  const answered = await db().premiseTrialAnswer.count({ where: { premiseTrialId: trial.id, errorCode: null } })
  if (answered === 0 && failure) throw failure
  return { total, good: answered, refused: settled.size - answered }
}

type Group = { side: TrialSide; at: number }[]

function groupsOf(sides: readonly TrialSide[]): Group[] {
  const groups = new Map<string, Group>()
  for (const [at, side] of sides.entries()) {
    const writer = JSON.stringify(side.writer)
    groups.set(writer, [...(groups.get(writer) ?? []), { side, at }])
  }
  return [...groups.values()]
}

function longestQuestion(group: Group, places: readonly PlacedPassage[]): { characters: number; maxTokens: number } {
  const askings = group.flatMap(({ side }) => allAskings(side.prompt, side.sampling))
  const characters = askings.flatMap((asking) => places.map((place) => premiseText(asking.prompt, place).length))
  return { characters: Math.max(...characters), maxTokens: Math.max(...askings.map(({ maxTokens }) => maxTokens)) }
}
