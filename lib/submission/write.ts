/**
 * The lines of submit.json: each test row as it came with its `output` filled, one JSON object a line.
 * A row that had no `output` field gets it at its end.
 */
export async function* submissionLines(
  rows: AsyncIterable<{ record: Record<string, unknown>; output: string }>,
): AsyncGenerator<string> {
  for await (const { record, output } of rows) yield `${JSON.stringify({ ...record, output })}\n`
}
