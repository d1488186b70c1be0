import { encodeCurves } from '@/app/_training/curve-answer'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { announce, listen } from '@/lib/events'
import { readCurves } from '@/lib/stages/training/curves'

const steps = 100
/** Milliseconds between two steps. */
const pace = 50

/**
 * Commits steps as the worker does and, at each bell, reads the answer that the run's page asks for then: milliseconds from
 * the commit until the text of an answer with that step is there, in order of length. What is not in it is the way to the
 * browser and its drawing.
 */
export async function committedToAnswerMs(run: { id: string; projectId: string }, last: number): Promise<number[]> {
  const waiting = new Map<number, (at: number) => void>()
  const hear = async () => {
    const from = Math.min(...waiting.keys())
    const curves = await readCurves(run.id, { fromStep: from - 1 })
    if (!curves || JSON.stringify(encodeCurves(curves.attempt, curves.series)).length === 0) throw new Error('The run has no curves')
    const at = performance.now()
    for (const [step, tell] of waiting) {
      tell(at)
      waiting.delete(step)
    }
  }
  const listener = await listen(env().databaseUrl, (change) => void (change.topic === 'metrics' && waiting.size > 0 && hear()), () => {})
  try {
    const times: number[] = []
    for (let step = last + 1; step <= last + steps; step += 1) {
      const shown = new Promise<number>((resolve) => waiting.set(step, resolve))
      await db().$transaction(async (tx) => {
        const values = { loss: 2, learning_rate: 1e-4, grad_norm: 1, tokens_per_second: 90, step_seconds: 1, memory_bytes: 4e9 }
        await tx.metric.createMany({ data: Object.entries(values).map(([name, value]) => ({ trainingRunId: run.id, step, name, value, epoch: 0 })) })
        await announce(tx, { project: run.projectId, topic: 'metrics', id: run.id })
      })
      const committed = performance.now()
      times.push(Math.max(0, (await shown) - committed))
      await new Promise((resolve) => setTimeout(resolve, pace))
    }
    return times.sort((one, other) => one - other)
  } finally {
    await listener.close()
  }
}
