/** The forms in which pairs come from elsewhere and go there. */
export const pairFormats = ['alpaca', 'sharegpt', 'openai', 'json-lines', 'csv'] as const
export type PairFormat = (typeof pairFormats)[number]

/** How a file can be read: as one of the forms, or as Alpaca of which the input alone is the premise. */
export const pairReadings = [...pairFormats, 'alpaca-input'] as const
export type PairReading = (typeof pairReadings)[number]

/** How a file of each form ends, and what it is on the wire. */
export const formatFile: Record<PairFormat, { ending: string; type: string }> = {
  alpaca: { ending: 'alpaca.json', type: 'application/json; charset=utf-8' },
  sharegpt: { ending: 'sharegpt.json', type: 'application/json; charset=utf-8' },
  openai: { ending: 'openai.jsonl', type: 'application/jsonl; charset=utf-8' },
  'json-lines': { ending: 'jsonl', type: 'application/jsonl; charset=utf-8' },
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8' },
}

/** A pair as it travels. Only JSON Lines and CSV carry the last three. */
export type TravellingPair = { premise: string; passage: string; split: 'training' | 'validation' | null; novel: string; chapter: string }

/** The columns of a CSV written here, in this order: by them it is known again. */
export const csvColumns = ['premise', 'passage', 'split', 'novel', 'chapter'] as const
