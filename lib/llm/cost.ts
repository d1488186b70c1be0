/** What a model costs for a million tokens, in the currency that the person has entered. */
export type Price = { input: number; output: number; currency: string }

export type Tokens = { prompt: number; completion: number }

/** The price of so many tokens, in the price's currency. */
export function costOf(tokens: Tokens, price: Price): number {
  return (tokens.prompt * price.input + tokens.completion * price.output) / 1_000_000
}
