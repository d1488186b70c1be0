'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { MolianError } from '@/lib/errors'
import { endpointName } from '@/lib/llm/endpoints'
import { premisePrompt, premiseSampling } from '@/lib/settings/premises'
import { resolveModel } from '@/lib/stages/models'
import { startTrial, type TrialSide } from '@/lib/stages/premises/trials'
import { drawPassages, passagesNumbered } from '@/lib/stages/prompts/preview'
import { findPromptVersion, promptWordsOf, PromptFault } from '@/lib/stages/prompts/prompts'

const side = z.object({
  prompt: z.discriminatedUnion('kind', [z.object({ kind: z.literal('version'), id: z.uuid() }), z.object({ kind: z.literal('draft'), words: premisePrompt })]),
  writer: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('engine'), model: z.string().trim().min(1) }),
    z.object({ kind: z.literal('endpoint'), id: z.uuid(), model: z.string().trim().min(1).max(200) }),
  ]),
  sampling: premiseSampling,
})

const json = z.string().transform((text): unknown => JSON.parse(text))
const order = z.object({
  projectId: z.uuid(),
  passageSetId: z.uuid(),
  draw: z.coerce.number().int().min(0).max(2 ** 31 - 1),
  /** Numbers of passages as they are shown, from 1 on; empty draws five. */
  numbers: z.string().default(''),
  sides: json.pipe(z.array(side).min(1).max(2)),
})

const drawn = 5

/** Asks both sides about a few passages, and opens the trial. */
export async function tryPrompts(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, passageSetId, draw, numbers, sides } = await readOrder(form)
    const chosen = [...numbers.matchAll(/\d+/g)].map(([number]) => Number(number) - 1)
    const passageIds = chosen.length > 0 ? await passagesNumbered(passageSetId, chosen) : await drawPassages(passageSetId, drawn, draw)
    const resolved: TrialSide[] = []
    for (const [at, each] of sides.entries()) resolved.push(await atField(`model${at}`, 'model.', () => resolvedSide(projectId, each)))
    const trial = await saidAtSide(() => atField('numbers', 'trial.passages', () => startTrial(projectId, { passageSetId, passageIds, sides: resolved })))
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/premises/try?trial=${trial.ordinal}`)
  })
}

/** What is wrong inside a side is said at the field that shows it: its prompt, its model, its temperature. */
async function readOrder(form: FormData): Promise<z.output<typeof order>> {
  const t = await getTranslator('premises')
  try {
    return await parseForm(order, form)
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    throw new z.ZodError(
      error.issues.map((issue): z.core.$ZodIssue => {
        const [, at = 0, part, ...rest] = issue.path
        if (issue.path[0] !== 'sides') return issue
        if (part === 'prompt') return { ...issue, path: [`prompt${String(at)}`], message: t('unfinishedPrompt') }
        if (part === 'writer') return { ...issue, path: [`model${String(at)}`], message: t('nameModel') }
        return { ...issue, path: [`${String(rest[0] ?? 'temperature')}${String(at)}`] }
      }),
    )
  }
}

async function resolvedSide(projectId: string, { prompt, writer, sampling }: z.output<typeof side>): Promise<TrialSide> {
  const version = prompt.kind === 'version' ? await findPromptVersion(projectId, prompt.id) : null
  if (prompt.kind === 'version' && version?.purpose !== 'premise') throw new MolianError('run.missing', { what: 'prompt version' })
  const words = prompt.kind === 'draft' ? prompt.words : version && promptWordsOf(version)
  if (!words) throw new MolianError('run.missing', { what: 'prompt version' })
  const common = { promptVersion: version?.version ?? null, prompt: words, sampling }
  if (writer.kind === 'engine') {
    const model = await resolveModel(writer.model)
    return { ...common, writer: { kind: 'engine', modelId: model.id }, writerName: model.name }
  }
  return { ...common, writer: { kind: 'endpoint', endpointId: writer.id, model: writer.model }, writerName: `${await endpointName(writer.id)} · ${writer.model}` }
}

/** What is wrong with a side's words is said at its prompt. */
async function saidAtSide<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof PromptFault)) throw error
    const at = /^sides\.(\d)/.exec(error.field)?.[1] ?? '0'
    throw new z.ZodError([{ code: 'custom', path: [`prompt${at}`], message: error.sentence(errorLocale(await getLocale())), input: undefined }])
  }
}
