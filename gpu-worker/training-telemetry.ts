import path from 'node:path'
import { env } from '@/lib/env'
import { announce } from '@/lib/events'
import type { Attempt } from '@/lib/queue/attempt'
import { Paced } from '@/gpu-worker/attempt/paced'
import type { ChildEvent } from '@/gpu-worker/process/events'

type MetricRow = { step: number; name: string; value: number }
type CheckpointEvent = Extract<ChildEvent, { event: 'checkpoint' }>

/** Values that wait while the database is away; beyond it the oldest are dropped, and the curve has a gap. */
const mostWaiting = 500_000

/** Keeps a run's metrics and checkpoints: held here, written at most four times a second. */
export class TrainingTelemetry {
  private metrics: MetricRow[] = []
  private checkpoints: CheckpointEvent[] = []
  private isFirst = true
  private readonly pace: Paced

  constructor(
    private readonly attempt: Attempt,
    private readonly trainingRunId: string,
    private readonly keepCheckpoints: number,
    onFailure: (error: unknown) => void,
  ) {
    this.pace = new Paced(() => this.write(), onFailure)
  }

  addMetric(event: Extract<ChildEvent, { event: 'metric' }>): void {
    for (const [name, value] of Object.entries(event.values)) this.metrics.push({ step: event.step, name, value })
    if (this.metrics.length > mostWaiting) this.metrics = this.metrics.slice(-mostWaiting)
    this.pace.touch()
  }

  addCheckpoint(event: CheckpointEvent): void {
    this.checkpoints.push(event)
    this.pace.touch()
  }

  close(): Promise<void> {
    return this.pace.close()
  }

  private async write(): Promise<void> {
    const { metrics, checkpoints, isFirst } = this
    this.metrics = []
    this.checkpoints = []
    try {
      await this.insert(metrics, checkpoints, isFirst)
      if (metrics.length > 0) this.isFirst = false
    } catch (error) {
      this.metrics = [...metrics, ...this.metrics]
      this.checkpoints = [...checkpoints, ...this.checkpoints]
      throw error
    }
  }

  private async insert(metrics: MetricRow[], checkpoints: CheckpointEvent[], isFirst: boolean): Promise<void> {
    const { trainingRunId } = this
    const { epoch, projectId } = this.attempt
    await this.attempt.write(async (tx) => {
      const first = metrics[0]
      if (isFirst && first) {
        // An earlier attempt went further than the checkpoint this one goes on from: its steps are made anew.
        await tx.metric.deleteMany({ where: { trainingRunId, step: { gt: first.step }, epoch: { lt: epoch } } })
        await tx.checkpoint.deleteMany({ where: { trainingRunId, step: { gt: first.step }, epoch: { lt: epoch } } })
      }
      await tx.$executeRaw`
        INSERT INTO metric (training_run_id, step, name, value, epoch)
        SELECT ${trainingRunId}::uuid, step, name, value, ${epoch}
        FROM unnest(${metrics.map((m) => m.step)}::int[], ${metrics.map((m) => m.name)}::text[], ${metrics.map((m) => m.value)}::float8[]) AS m(step, name, value)
        ON CONFLICT (training_run_id, step, name) DO UPDATE SET value = excluded.value, epoch = excluded.epoch, at = now()`
      for (const { step, path: directory, bytes, sha256 } of checkpoints) {
        const values = { epoch, directory: path.relative(env().home, directory), sha256, bytes: BigInt(bytes), at: new Date() }
        const id = { trainingRunId_step: { trainingRunId, step } }
        await tx.checkpoint.upsert({ where: id, create: { trainingRunId, step, ...values }, update: values })
      }
      if (checkpoints.length > 0) await this.forgetRemoved(tx)
      await announce(tx, { project: projectId, topic: 'metrics', id: trainingRunId })
    })
  }

  /** The trainer keeps the newest checkpoints only; so do the rows. */
  private async forgetRemoved(tx: Parameters<Parameters<Attempt['write']>[0]>[0]): Promise<void> {
    const { trainingRunId } = this
    const kept = await tx.checkpoint.findMany({ where: { trainingRunId }, orderBy: { step: 'desc' }, take: this.keepCheckpoints, select: { step: true } })
    await tx.checkpoint.deleteMany({ where: { trainingRunId, step: { notIn: kept.map(({ step }) => step) } } })
  }
}
