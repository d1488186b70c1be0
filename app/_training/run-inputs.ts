import { z } from 'zod'

/** What the training form says of model, pairs and prompt, by its fields' names: `prompt` is a version's id, or new with the words beside it. */
export const runInputs = z.object({
  baseModel: z.string().min(1).max(4096),
  datasetVersionId: z.uuid(),
  prompt: z.string(),
  promptSystem: z.string().default(''),
  promptTemplate: z.string().default(''),
})

/** The same, and what a preview of a pair goes by besides: where it is cut, and which pair. */
export const previewInputs = runInputs.extend({
  maxLength: z.coerce.number().int().min(64).max(131_072),
  pair: z.coerce.number().int().min(1).max(2 ** 31 - 1).catch(1),
})

/** What a form holds now of the fields of one of these, as a query. */
export function inputsOf(form: HTMLFormElement, inputs: typeof runInputs | typeof previewInputs): URLSearchParams {
  return new URLSearchParams([...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === 'string' && Object.hasOwn(inputs.shape, field[0])))
}
