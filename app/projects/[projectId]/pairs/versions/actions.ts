'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { settingsForm } from '@/app/_settings/setting-spec'
import { pairSettings } from '@/lib/settings/pairs'
import { presets } from '@/lib/settings/presets'
import { renameDataset, startDataset, versionName } from '@/lib/stages/pairs/datasets'
import { sourceNames } from '@/lib/stages/pairs/source'
import { saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { startTokenCount } from '@/lib/stages/pairs/token-counts'

const order = z.object({ projectId: z.uuid(), source: sourceNames, name: versionName.default('') })
const settingsSchema = settingsForm(pairSettings)

/** Freezes the pairs as they stand; the same pairs again are the version that there is. */
export async function freezePairs(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, source, name } = await parseForm(order, form)
    const version = await startDataset(projectId, source, await parseForm(settingsSchema, form), name)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('pairs'))(version.sha256 === null ? 'freezing' : 'alreadyFrozen', { ordinal: version.ordinal })
  })
}

const renaming = z.object({ projectId: z.uuid(), versionId: z.uuid(), name: versionName.default('') })

/** Gives a version another name; nothing else of it changes. */
export async function renameVersion(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, versionId, name } = await parseForm(renaming, form)
    await renameDataset(projectId, versionId, name)
    revalidatePath(`/projects/${projectId}`, 'layout')
    return (await getTranslator('pairs'))('renamed')
  })
}

const counting = z.object({ projectId: z.uuid(), datasetVersionId: z.uuid(), model: z.string().min(1).max(4096), prompt: z.union([z.literal('preset'), z.uuid()]) })

/** Counts a version's pairs in a model's tokens with a story prompt; the same again is the count that there is. */
export async function countVersionTokens(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, prompt, ...order } = await parseForm(counting, form)
    const promptVersionId = prompt === 'preset' ? (await saveStoryPrompt(projectId, presets.starter.stories.prompt)).id : prompt
    await startTokenCount(projectId, { ...order, promptVersionId })
    revalidatePath(`/projects/${projectId}/pairs`, 'layout')
  })
}
