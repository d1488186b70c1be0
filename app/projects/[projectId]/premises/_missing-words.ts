import type { z } from 'zod'
import type { getTranslator } from '@/app/_i18n/server'

type Words = Awaited<ReturnType<typeof getTranslator<'premises'>>>

/** What a prompt lacks, field by field, in the words of the form: 模板: …. A field that the form does not name goes unnamed. */
export function missingWords(t: Words, error: Pick<z.ZodError, 'issues'>): string {
  return error.issues.map(({ path, message }) => [nameOf(t, path), message].filter(Boolean).join(t('nameAnd'))).join(t('betweenFaults'))
}

function nameOf(t: Words, path: readonly PropertyKey[]): string {
  const [field, at, part] = path[0] === 'styles' ? path.slice(2) : path
  if (field === 'examples' && typeof at === 'number') return part === 'passage' ? t('examplePassage', { ordinal: at + 1 }) : part === 'premise' ? t('examplePremise', { ordinal: at + 1 }) : t('example', { ordinal: at + 1 })
  if (field === 'system' || field === 'template' || field === 'examples') return t(field)
  return path[0] === 'styles' ? t('styles') : ''
}
