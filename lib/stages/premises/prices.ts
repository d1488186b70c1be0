import { z } from 'zod'
import { db, type Tx } from '@/lib/db'
import type { ModelPrice } from '@/lib/generated/prisma/client'
import type { Price } from '@/lib/llm/cost'

const amount = z.coerce.number().min(0).max(1_000_000)

/** What a model costs for a million tokens, as a form gives it. */
export const priceForm = z.object({
  endpointId: z.uuid(),
  model: z.string().trim().min(1).max(200),
  currency: z.string().trim().min(1).max(8),
  input: amount,
  output: amount,
})

/** The prices that were entered for an endpoint's models. */
export async function listPrices(endpointId: string): Promise<ModelPrice[]> {
  return db().modelPrice.findMany({ where: { endpointId }, orderBy: { model: 'asc' } })
}

/** The price of a model behind an endpoint; null where none was entered. */
export async function priceOf(endpointId: string, model: string, tx: Tx = db()): Promise<Price | null> {
  return tx.modelPrice.findUnique({ where: { endpointId_model: { endpointId, model } }, select: { input: true, output: true, currency: true } })
}

/**
 * Enters a price. Runs of the model that began without one get it now, and with it the cost of what they have been
 * answered; a run that had a price keeps it.
 */
export async function savePrice(form: z.infer<typeof priceForm>): Promise<void> {
  const { endpointId, model, ...price } = priceForm.parse(form)
  await db().$transaction(async (tx) => {
    await tx.modelPrice.upsert({ where: { endpointId_model: { endpointId, model } }, create: { endpointId, model, ...price }, update: price })
    const runs = await tx.$queryRaw<{ id: string }[]>`
      UPDATE premise_run SET input_price = ${price.input}, output_price = ${price.output}, currency = ${price.currency}
      WHERE endpoint_id = ${endpointId}::uuid AND settings->'writer'->>'model' = ${model} AND currency IS NULL RETURNING id`
    const ids = runs.map(({ id }) => id)
    await tx.$executeRaw`
      UPDATE premise_answer SET cost = (coalesce(prompt_tokens, 0) * ${price.input}::float8 + coalesce(completion_tokens, 0) * ${price.output}::float8) / 1000000
      WHERE premise_run_id = ANY(${ids}::uuid[]) AND cost IS NULL`
  })
}

/** Takes a price back; runs that have it keep it. */
export async function removePrice(endpointId: string, model: string): Promise<void> {
  await db().modelPrice.deleteMany({ where: { endpointId, model } })
}
