/**
 * What no arithmetic knows, from the peaks of measured trainings (`npm run bench -- forecast`, and runs of a studio).
 * `process`: bytes of the interpreter and its libraries. `weights`: bytes held for a byte of weights. `saved`: bytes held
 * for a byte that autograd saves, in float32 and in half precision: what comes and goes beside it leaves holes that the C
 * library's heap does not fill again. `passing`: outputs of a layer beside that. A GPU was not measured: its process is
 * the usual size of a CUDA context, and torch's own allocator leaves fewer holes.
 */
export const calibration = {
  cpu: { process: 560e6, weights: 1, saved: { float32: 1.58, half: 2.2 }, passing: 0 },
  cuda: { process: 700e6, weights: 1, saved: { float32: 1.1, half: 1.1 }, passing: 2 },
} as const
