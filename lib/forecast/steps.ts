import type { ForecastSettings } from '@/lib/forecast/order'

type Goal = Pick<ForecastSettings, 'epochs' | 'maxSteps' | 'batchSize' | 'accumulation'>

/** Optimiser steps of a run over so many pairs, as steps_of of training_pairs.py counts them. */
export function stepsOf({ epochs, maxSteps, batchSize, accumulation }: Goal, pairs: number): number {
  return maxSteps || Math.max(1, Math.ceil(Math.round(pairs * epochs) / (batchSize * accumulation)))
}
