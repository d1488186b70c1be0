import { premisePrompt, type PremisePrompt } from '@/lib/settings/premises'

/** The prompt that a form with PromptFields holds; an example with nothing in it is none. Throws a ZodError at the fields. */
export function promptOfForm(form: FormData): PremisePrompt {
  const texts = (name: string) => form.getAll(name).map((value) => (typeof value === 'string' ? value.trim() : ''))
  const premises = texts('examplePremise')
  const examples = texts('examplePassage')
    .map((passage, at) => ({ passage, premise: premises[at] ?? '' }))
    .filter((example) => example.passage !== '' || example.premise !== '')
  return premisePrompt.parse({ system: texts('system')[0] ?? '', template: form.get('template') ?? '', examples })
}
