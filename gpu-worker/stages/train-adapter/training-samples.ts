import type { Tx } from '@/lib/db'
import type { ChildEvent } from '@/gpu-worker/process/events'

export type SampleEvent = Extract<ChildEvent, { event: 'sample' }>

/** Keeps what the model has written; a step that is trained again writes over what it wrote before. */
export async function keepSamples(tx: Tx, trainingRunId: string, epoch: number, samples: readonly SampleEvent[]): Promise<void> {
  for (const sample of samples) {
    const row = { ...rowOf(sample), trainingRunId, epoch }
    const { step, ordinal } = row
    await tx.writtenSample.upsert({ where: { trainingRunId_step_ordinal: { trainingRunId, step, ordinal } }, create: row, update: { ...row, at: new Date() } })
  }
}

/** Forgets what earlier attempts wrote beyond `step`, from where this one goes on, and adds what only their journals know. */
export async function joinEarlierSamples(tx: Tx, trainingRunId: string, epoch: number, step: number, journalled: readonly SampleEvent[]): Promise<void> {
  await tx.writtenSample.deleteMany({ where: { trainingRunId, step: { gt: step }, epoch: { lt: epoch } } })
  await tx.writtenSample.createMany({ data: journalled.map((sample) => ({ ...rowOf(sample), trainingRunId, epoch })), skipDuplicates: true })
}

/** PostgreSQL's texts hold no NUL, which an untaught model can write. */
function rowOf({ step, ordinal, text, tokens, ending, seconds }: SampleEvent) {
  return { step, ordinal, text: text.replaceAll('\0', ''), tokens, ending, seconds }
}
