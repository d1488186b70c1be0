import type { TrainingSettings } from '@/lib/settings/training'

type Goal = Pick<TrainingSettings, 'epochs' | 'maxSteps' | 'batchSize' | 'accumulation'>

/** Optimiser steps of a run over so many pairs, as steps_of of training_pairs.py counts them, which tests/contract/steps.json holds both to: half a pair is a whole one, and one is the least. */
export function stepsOf({ epochs, maxSteps, batchSize, accumulation }: Goal, pairs: number): number {
  return maxSteps || Math.ceil(Math.max(1, Math.floor(pairs * epochs + 0.5)) / (batchSize * accumulation))
}
