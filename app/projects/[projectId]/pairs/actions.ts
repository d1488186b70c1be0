'use server'

import { redirect, RedirectType } from 'next/navigation'
import { z } from 'zod'
import type { ActionState, Undo } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { MolianError } from '@/lib/errors'
import { startPairCheck } from '@/lib/stages/pairs/checks'
import { decidePair, decidePairs, lastDecision, undoDecision } from '@/lib/stages/pairs/decisions'
import { filterOf, verdictSchema } from '@/lib/stages/pairs/filter'
import { pairName, pairNameSchema, type PairSource, sourceOfPair } from '@/lib/stages/pairs/source'
import { countPairs } from '@/lib/stages/pairs/table'

const chosen = z.object({ projectId: z.uuid(), pair: pairNameSchema })
const word = z.object({ verdict: verdictSchema.optional(), edited: z.string().trim().max(2000).optional(), takeBack: z.literal('edited').optional() })

/** A person's word on a pair: keep, reject, another premise, or back to what was written. The page hears of it by the event. */
export async function decideOnPair(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, pair } = await parseForm(chosen, form)
    const { verdict, edited, takeBack } = await parseForm(word, form)
    await decidePair(projectId, pair, { verdict, edited: takeBack ? null : edited })
    // A verdict is one key, and undoing it another; of words that are overwritten a person is told.
    if (edited === undefined && !takeBack) return
    return undoable(projectId, await sourceOfPair(projectId, pair), 1)
  })
}

const ofSource = z.object({ projectId: z.uuid(), kind: z.enum(['run', 'import']), sourceId: z.uuid() })
const onAll = z.object({ verdict: verdictSchema, query: z.string().max(20_000).default(''), expected: z.coerce.number().int() })

/** One verdict for all that the filter finds; refused where they are no longer as many as the question said. */
export async function decideOnAll(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, kind, sourceId } = await parseForm(ofSource, form)
    const { verdict, query, expected } = await parseForm(onAll, form)
    const source = { kind, id: sourceId }
    const filter = filterOf(new URLSearchParams(query))
    const found = await countPairs(source, filter)
    if (found !== expected) throw new MolianError('pairs.count-changed', { expected, found })
    const changed = await decidePairs(projectId, source, filter, verdict)
    return undoable(projectId, source, changed)
  })
}

/** What was changed, with its undoing: the newest decision on the source. */
async function undoable(projectId: string, source: PairSource, count: number): Promise<string | { message: string; undo: Undo }> {
  const message = (await getTranslator('pairs'))('changed', { count })
  const last = count > 0 ? await lastDecision(source) : null
  return last ? { message, undo: { action: undoLastDecision, values: { projectId, kind: source.kind, sourceId: source.id, decisionId: last.id } } } : message
}

/** Takes the newest decision on this source's pairs back, where it is still the one that was meant. */
export async function undoLastDecision(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, kind, sourceId, decisionId } = await parseForm(ofSource.extend({ decisionId: z.coerce.number().int().optional() }), form)
    const undone = await undoDecision(projectId, { kind, id: sourceId }, decisionId)
    const t = await getTranslator('pairs')
    return undone ? t('undone', { count: undone.pairs }) : t('nothingToUndo')
  })
}

const onPage = z.object({ query: z.string().max(20_000).default('') })

/** The same from the page of one pair: goes to the pair that the decision was about. */
export async function undoOnPair(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, kind, sourceId } = await parseForm(ofSource, form)
    const { query } = await parseForm(onPage, form)
    const undone = await undoDecision(projectId, { kind, id: sourceId })
    const t = await getTranslator('pairs')
    if (!undone) return t('nothingToUndo')
    if (undone.pairId !== null) redirect(`/projects/${projectId}/pairs/${pairName({ kind, id: undone.pairId })}?${query}`, RedirectType.replace)
    return t('undone', { count: undone.pairs })
  })
}

/** Looks the source's pairs through for near duplicates and leaks. */
export async function startCheck(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, kind, sourceId } = await parseForm(ofSource, form)
    await startPairCheck(projectId, { kind, id: sourceId })
  })
}
