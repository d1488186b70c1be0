'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { ActionState } from '@/app/_guard/action-state'
import { parseForm, runAction } from '@/app/_guard/run-action'
import { getTranslator } from '@/app/_i18n/server'
import { createProject, deleteProject, projectName, renameProject } from '@/lib/stages/projects'

const named = z.object({ name: projectName })
const renamed = z.object({ projectId: z.uuid(), name: projectName })
const chosen = z.object({ projectId: z.uuid() })

export async function addProject(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { name } = await parseForm(named, form)
    const project = await createProject(name)
    redirect(`/projects/${project.id}/novels`)
  })
}

export async function nameProject(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId, name } = await parseForm(renamed, form)
    const project = await renameProject(projectId, name)
    revalidatePath('/', 'layout')
    return (await getTranslator('projects'))('renamed', { name: project.name })
  })
}

export async function removeProject(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async () => {
    const { projectId } = await parseForm(chosen, form)
    await deleteProject(projectId)
    revalidatePath('/', 'layout')
    return (await getTranslator('projects'))('deleted')
  })
}
