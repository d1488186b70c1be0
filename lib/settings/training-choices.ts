/** The settings of a training run that are chosen from a few; without zod, so that the browser's form can use them too. */
export const methods = ['lora', 'rslora', 'dora'] as const

/** transformers' names of its schedules. */
export const schedules = ['cosine', 'linear', 'constant', 'cosine_with_min_lr', 'polynomial', 'inverse_sqrt', 'warmup_stable_decay'] as const

export const precisions = ['auto', 'float32', 'bfloat16'] as const

export const adapterSources = ['best', 'last'] as const
