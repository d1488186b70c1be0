import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Claim } from '@/lib/queue/lease'
import { Paced } from '@/gpu-worker/attempt/paced'

const mostWaiting = 2_000
const longestLine = 8_000

type Line = { source: string; text: string; chinese: string | null }

/** PostgreSQL's text holds no NUL. */
function kept(text: string): string {
  return text.replaceAll('\0', '␀').slice(0, longestLine)
}

/** The job's log in the studio: lines wait here and are written at most four times a second. */
export class LogLines {
  private waiting: Line[] = []
  private dropped = 0
  private readonly pace: Paced

  constructor(
    private readonly claim: Claim,
    private readonly projectId: string | null,
    onFailure: (error: unknown) => void,
  ) {
    this.pace = new Paced(() => this.write(), onFailure)
  }

  add(source: string, text: string, chinese?: string): void {
    this.waiting.push({ source, text: kept(text), chinese: chinese ? kept(chinese) : null })
    if (this.waiting.length > mostWaiting) {
      this.waiting.shift()
      this.dropped += 1
    }
    this.pace.touch()
  }

  close(): Promise<void> {
    return this.pace.close()
  }

  private async write(): Promise<void> {
    const lines = this.waiting
    this.waiting = []
    if (this.dropped > 0) lines.unshift({ source: 'worker', text: `${this.dropped} lines came faster than they could be written and were left out`, chinese: `有 ${this.dropped} 行来得太快，未能写入` })
    this.dropped = 0
    try {
      await this.insert(lines)
    } catch (error) {
      this.waiting = [...lines, ...this.waiting].slice(-mostWaiting)
      throw error
    }
    await announce(db(), { project: this.projectId, topic: 'job', id: this.claim.jobId })
  }

  /** One statement, true to the claim: for a stale attempt no row of `job` matches, and nothing is written. */
  private async insert(lines: readonly Line[]): Promise<void> {
    const { jobId, epoch } = this.claim
    await db().$executeRaw`
      INSERT INTO log_line (job_id, epoch, source, text, chinese)
      SELECT job.id, job.epoch, line.source, line.text, line.chinese
      FROM job, unnest(${lines.map((line) => line.source)}::text[], ${lines.map((line) => line.text)}::text[], ${lines.map((line) => line.chinese)}::text[]) WITH ORDINALITY AS line(source, text, chinese, ordinal)
      WHERE job.id = ${jobId}::uuid AND job.epoch = ${epoch} AND job.state = 'running' ORDER BY line.ordinal`
  }
}
