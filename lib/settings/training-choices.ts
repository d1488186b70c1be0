/** The settings of a training run that are chosen from a few; without zod, so that the browser's form can use them too. */
export const methods = ['lora', 'rslora', 'dora', 'qlora'] as const

/** transformers' names of its schedules. */
export const schedules = ['cosine', 'linear', 'constant', 'cosine_with_min_lr', 'polynomial', 'inverse_sqrt', 'warmup_stable_decay'] as const

export const precisions = ['auto', 'float32', 'bfloat16', 'float16'] as const

/** auto: the forecast decides when the run begins. */
export const checkpointings = ['auto', 'on', 'off'] as const

export const projections = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const

export type Projection = (typeof projections)[number]

/** As often as a run may go through its pairs. */
export const mostEpochs = 100

export const adapterSources = ['best', 'last'] as const
