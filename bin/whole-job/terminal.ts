import { clock } from '@/lib/clock'
import type { Locale } from '@/lib/error-sentences'
import type { Job } from '@/lib/generated/prisma/client'
import { progressOf } from '@/lib/stages/jobs'
import { word, type Word } from '@/bin/whole-job/words'

/** Lines of progress for a terminal (rewritten in place) or a log file (a line now and then). */
export type Terminal = {
  progress(title: Word, job: Job): void
  done(title: Word, job: Job, detail?: string): void
  line(text?: string): void
}

/** In a log file, one line of progress in so many milliseconds. */
const quietFor = 15_000

export function terminal(out: NodeJS.WriteStream, locale: Locale): Terminal {
  let spoken = { title: '', state: '', at: 0 }
  const begun = Date.now()
  const clear = () => {
    if (out.isTTY) out.write('\r\x1b[K')
  }
  return {
    progress(title, job) {
      if (job.state !== 'running' && job.state !== 'queued') return
      const text = `${word(title, locale)}  ${standing(job, locale)}`
      if (out.isTTY) {
        clear()
        out.write(text.slice(0, (out.columns || 80) - 1))
        return
      }
      const isNews = spoken.title !== title || spoken.state !== job.state || Date.now() - spoken.at > quietFor
      if (!isNews) return
      spoken = { title, state: job.state, at: Date.now() }
      out.write(`  ${text}\n`)
    },
    done(title, job, detail) {
      clear()
      // A job that ended before this program began was found, not done.
      const wasThere = job.finishedAt !== null && job.finishedAt.getTime() < begun
      const time = wasThere ? word('found', locale) : clock(progressOf(job).elapsedMs)
      out.write(`✓ ${word(title, locale)}${detail ? `  ${detail}` : ''}  ${time}\n`)
    },
    line(text = '') {
      clear()
      out.write(`${text}\n`)
    },
  }
}

function standing(job: Job, locale: Locale): string {
  if (job.state === 'queued') return word('waiting', locale)
  const { done, total, phase, elapsedMs, remainingMs } = progressOf(job)
  const count = total > 0 ? `${done} / ${total}` : ''
  const left = remainingMs === null ? '' : `, ${word('remaining', locale)} ${clock(remainingMs)}`
  return [phase ?? '', count, `${word('elapsed', locale)} ${clock(elapsedMs)}${left}`].filter(Boolean).join('  ')
}
