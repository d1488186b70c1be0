/** The settings of a training run that are chosen from a few; without zod, so that the browser's form can use them too. */
export const schedules = ['cosine', 'linear', 'constant'] as const

export const precisions = ['auto', 'float32', 'bfloat16'] as const
