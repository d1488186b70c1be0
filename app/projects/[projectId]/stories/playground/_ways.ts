import type { FormValues } from '@/app/_settings/setting-values'
import type { StagePresetName } from '@/lib/settings/presets'

/** Which words a column is asked in: those its model was trained with, a version, a preset's, or one's own, kept as a new version. */
export type PromptChoice = { kind: 'trained' } | { kind: 'version'; id: string } | { kind: 'preset'; name: StagePresetName } | { kind: 'words'; system: string; template: string }

/** How a column is asked: its words, and its sampling as a form holds it. */
export type Way = { prompt: PromptChoice; sampling: FormValues }

/** A column as the form holds it: `writer` as writerValue gives it; `own` its way where it has one of its own. */
export type ColumnValue = { key: number; writer: string; model: string; own: Way | null }

/** The settings of a way in their order; the kind of request is the server's own where all columns are asked in one way. */
export const sharedNames = ['temperature', 'topP', 'topK', 'repetitionPenalty', 'maxTokens', 'seed'] as const
export const ownNames = ['style', ...sharedNames] as const
export type WayName = (typeof ownNames)[number]

/** A field's name in the form: of the way for all, or of one column's own. */
export function fieldName(at: number | null, name: string): string {
  return at === null ? name : `${name}-${at}`
}
