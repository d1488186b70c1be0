import type { ForecastSettings, Lengths } from '@/lib/forecast/order'
import { stepsOf } from '@/lib/forecast/steps'

/** What is allowed and probably not meant: the setting it is about, what it is, and the figures that say so. */
export type Warning = { name: 'epochs' | 'evaluationSteps' | 'checkpointSteps' | 'warmupSteps' | 'batchSize' | 'maxLength'; kind: WarningKind; figures: Record<string, number> }

export type WarningKind = 'capped' | 'neverEvaluates' | 'neverSaves' | 'warmsUpThroughout' | 'moreThanPairs' | 'cutsMost'

type Looked = Pick<ForecastSettings, 'epochs' | 'maxSteps' | 'batchSize' | 'accumulation' | 'evaluationSteps' | 'checkpointSteps' | 'maxLength'>

/** Pairs, of all, that must be longer than the maximum length for it to be worth a word. */
const most = 0.5

/** Looks for settings that do not go with these pairs: an interval longer than the run, a step of more pairs than there are, and such. */
export function settingWarnings(settings: Looked, warmupSteps: number, lengths: Pick<Lengths, 'sample' | 'trainingPairs' | 'validationPairs'>): Warning[] {
  const { maxSteps, batchSize, accumulation, evaluationSteps, checkpointSteps, maxLength } = settings
  const { trainingPairs: pairs, validationPairs, sample } = lengths
  const steps = stepsOf(settings, pairs)
  const together = batchSize * accumulation
  const cut = sample.filter(({ prompt, answer }) => prompt + answer > maxLength).length
  const planned = stepsOf({ ...settings, maxSteps: 0 }, pairs)
  const warnings: (Warning | false)[] = [
    maxSteps > 0 && { name: 'epochs', kind: 'capped', figures: { steps: maxSteps, planned } },
    validationPairs > 0 && evaluationSteps > steps && { name: 'evaluationSteps', kind: 'neverEvaluates', figures: { steps } },
    checkpointSteps > steps && { name: 'checkpointSteps', kind: 'neverSaves', figures: { steps } },
    warmupSteps >= steps && warmupSteps > 0 && { name: 'warmupSteps', kind: 'warmsUpThroughout', figures: { steps } },
    together > pairs && { name: 'batchSize', kind: 'moreThanPairs', figures: { together, pairs } },
    sample.length > 0 && cut / sample.length > most && { name: 'maxLength', kind: 'cutsMost', figures: { share: cut / sample.length } },
  ]
  return warnings.filter((each) => each !== false)
}
