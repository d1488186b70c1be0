import type { z } from 'zod'
import { MolianError } from '@/lib/errors'
import { issueWords } from '@/lib/settings/issue-words'
import { trainingSettings, type TrainingSettings } from '@/lib/settings/training'

/**
 * The settings of a training run, wherever they come from: a form, a file, a row that somebody else wrote. Throws
 * training.bad-setting with the first field that is wrong and why, in the words that a form has beside the field.
 */
export function readTrainingSettings(given: unknown): TrainingSettings {
  return readTrainingSettingsBy(trainingSettings, given)
}

/** The same by a schema that first turns another form of them, such as a form's texts, into settings. */
export function readTrainingSettingsBy(schema: z.ZodType<TrainingSettings>, given: unknown): TrainingSettings {
  const read = schema.safeParse(given, { error: issueWords(schema, 'en') })
  if (read.success) return read.data
  const inChinese = schema.safeParse(given, { error: issueWords(schema, 'zh') })
  const issue = read.error.issues[0]
  throw new MolianError('training.bad-setting', { field: fieldOf(issue), reason: issue?.message ?? '', inChinese: inChinese.error?.issues[0]?.message ?? '' }, { cause: read.error })
}

function fieldOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return issue.keys.join(', ')
  return issue?.path.join('.') || '(all)'
}
