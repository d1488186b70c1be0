import { unstable_rethrow } from 'next/navigation'
import { z } from 'zod'
import { guardAction } from '@/app/_guard/guard-action'
import type { ActionState, Undo } from '@/app/_guard/action-state'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { asMolianError } from '@/lib/errors'
import { issueWords } from '@/lib/settings/issue-words'

/**
 * The body of a server action: guards it, does the work, and turns what it threw
 * into sentences of the reader's language. The work may return a word of success,
 * with what takes it back; `redirect()` and `notFound()` pass through.
 */
export async function runAction(work: () => Promise<string | { message: string; undo: Undo } | void>): Promise<ActionState> {
  const locale = await getLocale()
  try {
    await guardAction()
    const said = await work()
    return { status: 'done', ...(typeof said === 'object' ? said : { message: said ?? null }), at: Date.now() }
  } catch (thrown) {
    unstable_rethrow(thrown)
    if (thrown instanceof z.ZodError) return refused(thrown)
    const error = asMolianError(thrown)
    if (error.code === 'internal') console.error(thrown)
    return { status: 'failed', error: error.sentence(errorLocale(locale)), fields: {}, at: Date.now() }
  }
}

/** Parses a form by a schema in the reader's words (lib/settings/issue-words.ts); empty fields count as absent. */
export async function parseForm<S extends z.ZodType>(schema: S, form: FormData): Promise<z.output<S>> {
  const t = await getTranslator('ui')
  return schema.parse(formValues(form), { error: issueWords(schema, errorLocale(await getLocale()), t('required')) })
}

/** A form's fields as one object: a name that comes more than once becomes a list, an empty text is left out. */
export function formValues(form: FormData): Record<string, FormDataEntryValue | FormDataEntryValue[]> {
  const values: Record<string, FormDataEntryValue | FormDataEntryValue[]> = {}
  for (const name of new Set(form.keys())) {
    if (name.startsWith('$ACTION')) continue
    const all = form.getAll(name).filter((value) => value !== '')
    if (all.length === 1 && all[0] !== undefined) values[name] = all[0]
    else if (all.length > 1) values[name] = all
  }
  return values
}

function refused(error: z.ZodError): ActionState {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) fields[issue.path.join('.')] ??= issue.message
  const first = error.issues[0]
  return { status: 'failed', error: first ? first.message : error.message, fields, at: Date.now() }
}
