'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { atField } from '@/app/_guard/at-field'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { settingsForm } from '@/app/_settings/setting-spec'
import { readTrainingSettingsBy } from '@/lib/settings/read-training'
import { trainingSettings, type TrainingSettings } from '@/lib/settings/training'
import { deleteOwnPreset, presetName, renameOwnPreset, replaceOwnPreset, saveOwnPreset } from '@/lib/stages/training/presets'

const typed = settingsForm(trainingSettings)
/** The training form's fields as they stand, as one JSON text. */
const kept = z.object({ settings: z.string() })
const named = z.object({ name: presetName })
const chosen = z.object({ id: z.uuid() })

/** Keeps the form's settings under a new name. */
export async function savePreset(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { name } = await parseForm(named, form)
    const settings = await settingsIn(form)
    await atField('name', 'preset.', () => saveOwnPreset(name, settings))
    return done('saved')
  })
}

/** Lays the form's settings under the name of a preset of one's own. */
export async function replacePreset(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { id } = await parseForm(chosen, form)
    await replaceOwnPreset(id, await settingsIn(form))
    return done('saved')
  })
}

export async function renamePreset(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { id, name } = await parseForm(chosen.extend(named.shape), form)
    await atField('name', 'preset.', () => renameOwnPreset(id, name))
    return done('renamed')
  })
}

export async function deletePreset(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    await deleteOwnPreset((await parseForm(chosen, form)).id)
    return done('deleted')
  })
}

/** The training form may hold what no run takes; then its first fault is said in place of saving it. */
async function settingsIn(form: FormData): Promise<TrainingSettings> {
  const { settings } = await parseForm(kept, form)
  return readTrainingSettingsBy(typed, JSON.parse(settings))
}

async function done(what: 'saved' | 'renamed' | 'deleted'): Promise<string> {
  // Every project's training page has the list.
  revalidatePath('/', 'layout')
  return (await getTranslator('training'))(`preset.${what}`)
}
