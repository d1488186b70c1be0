import { db } from '@/lib/db'
import { condensedEnd, stepsMeasured } from '@/lib/stages/training/condense'

/** Steps read at once. */
const piece = 10_000

/** A run's metrics as CSV (RFC 4180): a header, then a row for every step, columns in alphabetical order, empty where there is no value. */
export async function* metricsAsCsv(trainingRunId: string, only?: readonly string[]): AsyncGenerator<string> {
  const known = await namesOf(trainingRunId)
  const names = known.filter((name) => only === undefined || only.includes(name))
  yield `${['step', ...names.map(field)].join(',')}\r\n`
  const measured = await stepsMeasured(db(), trainingRunId)
  if (!measured || names.length === 0) return
  for (let from = measured.first; from <= measured.last; from += piece) {
    const rows = await db().metric.findMany({
      where: { trainingRunId, step: { gte: from, lt: from + piece }, name: { in: names } },
      orderBy: { step: 'asc' },
      select: { step: true, name: true, value: true },
    })
    yield lines(rows, names)
  }
}

/** What is condensed tells its names from a few rows; only the newest steps are asked one by one. */
async function namesOf(trainingRunId: string): Promise<string[]> {
  const width = 512
  const end = await condensedEnd(db(), trainingRunId, width)
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT name FROM metric_stretch WHERE training_run_id = ${trainingRunId}::uuid AND width = ${width}
    UNION SELECT name FROM metric WHERE training_run_id = ${trainingRunId}::uuid AND step >= ${end}`
  return rows.map(({ name }) => name).sort()
}

function lines(rows: readonly { step: number; name: string; value: number }[], names: readonly string[]): string {
  let text = ''
  let at = 0
  while (at < rows.length) {
    const step = rows[at]?.step ?? 0
    const values = new Map<string, number>()
    for (; rows[at]?.step === step; at += 1) values.set(rows[at]?.name ?? '', rows[at]?.value ?? 0)
    text += `${[step, ...names.map((name) => values.get(name) ?? '')].join(',')}\r\n`
  }
  return text
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
