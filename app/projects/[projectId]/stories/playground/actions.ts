'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { settingsForm } from '@/app/_settings/setting-spec'
import { fieldName } from '@/app/projects/[projectId]/stories/playground/_ways'
import { orderedPrompt, orderedWriter, promptChoice, writerChoice } from '@/app/projects/[projectId]/stories/playground/_order'
import { playSampling } from '@/lib/settings/plays'
import { longestPremise, mostColumns, startPlay, type PlayOrder } from '@/lib/stages/playground/plays'
import { premiseFrom } from '@/lib/stages/playground/premise-origin'
import { askColumnAgain, stopColumns } from '@/lib/stages/playground/steering'

const json = z.string().transform((text): unknown => JSON.parse(text))
const way = z.object({ prompt: promptChoice, sampling: settingsForm(playSampling), isOwn: z.boolean() })
const order = z.object({
  projectId: z.uuid(),
  token: z.uuid(),
  premise: z.string().trim().min(1).max(longestPremise),
  from: json.pipe(premiseFrom),
  nextSeed: z.enum(['drawn', 'kept']),
  columns: json.pipe(z.array(z.object({ writer: writerChoice, way })).min(1).max(mostColumns)),
})

/** Has the premise written by every column at once, and opens the play. */
export async function startPlayFrom(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, token, premise, from, nextSeed, columns } = await readOrder(form)
    const written: (Awaited<ReturnType<typeof orderedWriter>> & Pick<(typeof columns)[number], 'way'>)[] = []
    for (const [at, { writer, way }] of columns.entries()) written.push({ way, ...(await atField(`model-${at}`, 'model.', () => orderedWriter(projectId, writer))) })
    // A model beside one that was trained is asked in the same words, or the two could not be compared.
    const besideTrained = written.find(({ trainedWith }) => trainedWith !== null)?.trainedWith ?? null
    const ordered: PlayOrder['columns'] = []
    for (const [at, { writer, way, trainedWith }] of written.entries()) {
      const promptVersionId = await atField(fieldName(way.isOwn ? at : null, 'template'), 'prompt.', () => orderedPrompt(projectId, way.prompt, trainedWith ?? besideTrained))
      ordered.push({ writer, promptVersionId, sampling: way.sampling })
    }
    const play = await startPlay(projectId, { token, premise, from, columns: ordered })
    revalidatePath(`/projects/${projectId}`, 'layout')
    redirect(`/projects/${projectId}/stories/playground?play=${play.ordinal}${nextSeed === 'kept' ? '&seed=kept' : ''}#shown-play`)
  })
}

/** What is wrong inside a column is said at the field that shows it. */
async function readOrder(form: FormData): Promise<z.output<typeof order>> {
  try {
    return await parseForm(order, form)
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    const t = await getTranslator('playground')
    const ways = json.pipe(z.array(z.object({ way: z.object({ isOwn: z.boolean() }) }))).safeParse(form.get('columns')).data ?? []
    const isOwn = (at: number) => ways[at]?.way.isOwn === true
    throw new z.ZodError(
      error.issues.map((issue): z.core.$ZodIssue => {
        const [of, at, part, group, name] = issue.path
        if (of !== 'columns' || typeof at !== 'number') return issue
        if (part === 'writer') return { ...issue, path: [`model-${at}`], message: t('nameModel') }
        return { ...issue, path: [fieldName(isOwn(at) ? at : null, String((group === 'sampling' ? name : group === 'prompt' ? 'template' : null) ?? 'template'))] }
      }),
    )
  }
}

const whichPlay = z.object({ projectId: z.uuid(), playId: z.uuid(), place: z.coerce.number().int().min(0).max(mostColumns).optional() })

/** Stops one column of a play, or all, with what they have. */
export async function stopPlay(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, playId, place } = await parseForm(whichPlay, form)
    await stopColumns(projectId, playId, place === undefined ? null : [place])
  })
}

/** Has a column written once more that was stopped, failed or was cut off. */
export async function askAgain(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, playId, place } = await parseForm(whichPlay.required({ place: true }), form)
    await askColumnAgain(projectId, playId, place)
    revalidatePath(`/projects/${projectId}`, 'layout')
  })
}
