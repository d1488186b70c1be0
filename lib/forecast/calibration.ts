/**
 * What no arithmetic knows, by `npm run bench -- forecast`, which measures training processes and checks these on others.
 * `process`: bytes of the interpreter and its libraries; `weights`: bytes held for a byte of weights; `saved`: bytes held
 * for a byte that autograd saves; `passing`: outputs of a layer that come and go beside that. A GPU has not been measured: its process is the usual size of a CUDA context.
 */
export const calibration = {
  cpu: { process: 700e6, weights: 1, saved: 1, passing: 2 },
  cuda: { process: 700e6, weights: 1, saved: 1, passing: 2 },
} as const
