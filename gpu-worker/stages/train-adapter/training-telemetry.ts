import path from 'node:path'
import { env } from '@/lib/env'
import { announce } from '@/lib/events'
import type { Attempt } from '@/lib/queue/attempt'
import { condenseMetrics, forgetStretches } from '@/lib/stages/training/condense'
import { Paced } from '@/gpu-worker/attempt/paced'
import { DeviceFigures } from '@/gpu-worker/stages/train-adapter/device-figures'
import type { DeviceUse } from '@/gpu-worker/process/device-use'
import type { ChildEvent } from '@/gpu-worker/process/events'
import { readEarlierJournals } from '@/gpu-worker/process/journal'
import { joinEarlierSamples, keepSamples, type SampleEvent } from '@/gpu-worker/stages/train-adapter/training-samples'

type MetricRow = { step: number; name: string; value: number }
type CheckpointEvent = Extract<ChildEvent, { event: 'checkpoint' }>

/** Values that wait while the database is away; beyond it the oldest are dropped, and the curve has a gap. */
const mostWaiting = 500_000

/** Keeps a run's metrics and checkpoints: held here, written at most four times a second. */
export class TrainingTelemetry {
  private metrics: MetricRow[] = []
  private checkpoints: CheckpointEvent[] = []
  private samples: SampleEvent[] = []
  private readonly figures = new DeviceFigures()
  private isFirst = true
  private readonly pace: Paced

  constructor(
    private readonly attempt: Attempt,
    private readonly trainingRunId: string,
    /** Absolute path of the run's directory. */
    private readonly directory: string,
    private readonly keepCheckpoints: number,
    onFailure: (error: unknown) => void,
  ) {
    this.pace = new Paced(() => this.write(), onFailure)
  }

  /** Keeps the step's values. The event's own `epoch` counts passes over the pairs; rows have the attempt's epoch, which fences their writing. */
  addMetric(event: Extract<ChildEvent, { event: 'metric' }>): void {
    for (const [name, value] of Object.entries(event.values)) this.metrics.push({ step: event.step, name, value })
    if (this.metrics.length > mostWaiting) this.metrics = this.metrics.slice(-mostWaiting)
    this.figures.begin(event.step)
    this.pace.touch()
  }

  /** Keeps what the run takes of the machine with the step that it has come to; before the first one it has no place. */
  addDeviceUse(use: DeviceUse): void {
    const figures = this.figures.add(use)
    if (figures.length === 0) return
    this.metrics.push(...figures)
    this.pace.touch()
  }

  addCheckpoint(event: CheckpointEvent): void {
    this.checkpoints.push(event)
    this.pace.touch()
  }

  addSample(event: SampleEvent): void {
    this.samples.push(event)
    this.pace.touch()
  }

  close(): Promise<void> {
    return this.pace.close()
  }

  /** Of a run that had ended before this attempt came to it, the curve is in the journals alone. */
  async complete(steps: number): Promise<void> {
    if (this.isFirst) await this.joinEarlier(steps)
  }

  private async write(): Promise<void> {
    const { metrics, checkpoints, samples } = this
    this.metrics = []
    this.checkpoints = []
    this.samples = []
    try {
      const first = this.isFirst ? metrics[0] : undefined
      if (first) await this.joinEarlier(first.step)
      await this.insert(metrics, checkpoints, samples)
      if (metrics.length > 0) this.isFirst = false
    } catch (error) {
      this.metrics = [...metrics, ...this.metrics]
      this.checkpoints = [...checkpoints, ...this.checkpoints]
      this.samples = [...samples, ...this.samples]
      throw error
    }
  }

  /**
   * Makes the curve of earlier attempts end where this one goes on. Their steps beyond it are made anew; those up to it that
   * no worker lived to write (the trainer had made a checkpoint after them) are in their journals.
   */
  private async joinEarlier(step: number): Promise<void> {
    const { trainingRunId } = this
    const { epoch } = this.attempt
    const metrics = new Map<string, MetricRow>()
    const checkpoints: CheckpointEvent[] = []
    const samples = new Map<string, SampleEvent>()
    await readEarlierJournals(this.directory, epoch, (event) => {
      if (event.event !== 'metric' && event.event !== 'checkpoint' && event.event !== 'sample') return
      if (event.step > step) return
      if (event.event === 'checkpoint') checkpoints.push(event)
      else if (event.event === 'sample') samples.set(`${event.step} ${event.ordinal}`, event)
      else for (const [name, value] of Object.entries(event.values)) metrics.set(`${event.step} ${name}`, { step: event.step, name, value })
    })
    await this.attempt.write(async (tx) => {
      await tx.metric.deleteMany({ where: { trainingRunId, step: { gt: step }, epoch: { lt: epoch } } })
      await tx.checkpoint.deleteMany({ where: { trainingRunId, step: { gt: step }, epoch: { lt: epoch } } })
      const { count } = await tx.metric.createMany({ data: [...metrics.values()].map((row) => ({ ...row, trainingRunId, epoch })), skipDuplicates: true })
      // What a journal alone knew may lie anywhere before that step.
      await forgetStretches(tx, trainingRunId, count > 0 ? -1 : step)
      await joinEarlierSamples(tx, trainingRunId, epoch, step, [...samples.values()])
      await tx.checkpoint.createMany({ data: checkpoints.map((event) => this.checkpointRow(event)), skipDuplicates: true })
    })
  }

  private async insert(metrics: MetricRow[], checkpoints: CheckpointEvent[], samples: SampleEvent[]): Promise<void> {
    const { trainingRunId } = this
    const { epoch, projectId } = this.attempt
    // A figure of the device may have been told again before it was written; the last word counts.
    const rows = [...new Map(metrics.map((row) => [`${row.step} ${row.name}`, row])).values()]
    await this.attempt.write(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO metric (training_run_id, step, name, value, epoch)
        SELECT ${trainingRunId}::uuid, step, name, value, ${epoch}
        FROM unnest(${rows.map((m) => m.step)}::int[], ${rows.map((m) => m.name)}::text[], ${rows.map((m) => m.value)}::float8[]) AS m(step, name, value)
        ON CONFLICT (training_run_id, step, name) DO UPDATE SET value = excluded.value, epoch = excluded.epoch, at = now()`
      for (const event of checkpoints) {
        const row = this.checkpointRow(event)
        await tx.checkpoint.upsert({ where: { trainingRunId_step: { trainingRunId, step: row.step } }, create: row, update: row })
      }
      if (checkpoints.length > 0) await this.forgetRemoved(tx)
      await keepSamples(tx, trainingRunId, epoch, samples)
      if (samples.length > 0) await announce(tx, { project: projectId, topic: 'samples', id: trainingRunId })
      await condenseMetrics(tx, trainingRunId)
      await announce(tx, { project: projectId, topic: 'metrics', id: trainingRunId })
    })
  }

  private checkpointRow({ step, path: directory, bytes, sha256 }: CheckpointEvent) {
    const { trainingRunId, attempt } = this
    return { trainingRunId, step, epoch: attempt.epoch, directory: path.relative(env().home, directory), sha256, bytes: BigInt(bytes), at: new Date() }
  }

  /** The trainer keeps the newest checkpoints and the one of the lowest validation loss; so do the rows. */
  private async forgetRemoved(tx: Parameters<Parameters<Attempt['write']>[0]>[0]): Promise<void> {
    const { trainingRunId } = this
    const kept = await tx.checkpoint.findMany({ where: { trainingRunId }, orderBy: { step: 'desc' }, take: this.keepCheckpoints, select: { step: true } })
    const best = await tx.metric.findFirst({ where: { trainingRunId, name: 'validation_loss', step: { gt: 0 } }, orderBy: [{ value: 'asc' }, { step: 'asc' }], select: { step: true } })
    await tx.checkpoint.deleteMany({ where: { trainingRunId, step: { notIn: [...kept, ...(best ? [best] : [])].map(({ step }) => step) } } })
  }
}
