import { z } from 'zod'
import { atField } from '@/app/_guard/at-field'
import { parseForm } from '@/app/_guard/run-action'
import { saveStoryPrompt } from '@/lib/stages/prompts/prompts'

const choice = z.object({ prompt: z.union([z.uuid(), z.literal('new')]) })
const words = z.object({ promptSystem: z.string().default(''), promptTemplate: z.string() })

/** The id of the prompt version that StoryPromptField was left with; new words become a version first. */
export async function chosenStoryPrompt(projectId: string, form: FormData): Promise<string> {
  const { prompt } = await parseForm(choice, form)
  if (prompt !== 'new') return prompt
  const { promptSystem: system, promptTemplate: template } = await parseForm(words, form)
  const version = await atField('promptTemplate', 'prompt.', () => saveStoryPrompt(projectId, { system, template }))
  return version.id
}
