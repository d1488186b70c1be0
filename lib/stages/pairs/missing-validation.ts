/** Whether a share for validation was asked for and nothing came of it, though there are pairs to train on. */
export function isValidationMissing(sides: { training: number; validation: number }, validationShare: number): boolean {
  return validationShare > 0 && sides.training > 0 && sides.validation === 0
}
