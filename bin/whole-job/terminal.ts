import { clock } from '@/lib/clock'
import type { Locale } from '@/lib/error-sentences'
import type { Job } from '@/lib/generated/prisma/client'
import { progressOf } from '@/lib/stages/jobs'
import { phaseWord } from '@/bin/whole-job/phase-word'
import { word, type Word } from '@/bin/whole-job/words'

/** Lines of progress for a terminal (rewritten in place) or a log file (a line now and then). */
export type Terminal = {
  progress(title: Word, job: Job): void
  done(title: Word, job: Job, detail?: string): void
  line(text?: string): void
}

/** In a log file, one line of progress in so many milliseconds. */
const quietFor = 15_000

/** What is written to: stdout, as far as it matters here. */
export type Screen = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>

export function terminal(out: Screen, locale: Locale): Terminal {
  const begun = Date.now()
  let spoken: { title: Word | null; phase: string | null; at: number } = { title: null, phase: null, at: begun }
  const clear = () => {
    if (out.isTTY) out.write('\r\x1b[K')
  }
  return {
    progress(title, job) {
      if (job.state !== 'running' && job.state !== 'queued') return
      const text = `${word(title, locale)}  ${standing(job, locale)}`
      if (out.isTTY) {
        clear()
        out.write(fitting(text, (out.columns || 80) - 1))
        return
      }
      // Waiting, and a job that does not say yet what it does, are news only once they last.
      const isNewPart = job.state === 'running' && job.phase !== null && (spoken.title !== title || spoken.phase !== job.phase)
      if (!isNewPart && Date.now() - spoken.at <= quietFor) return
      spoken = { title, phase: job.state === 'running' ? job.phase : null, at: Date.now() }
      out.write(`  ${text}\n`)
    },
    done(title, job, detail) {
      clear()
      // A job that ended before this program began was found, not done.
      const wasThere = job.finishedAt !== null && job.finishedAt.getTime() < begun
      const time = wasThere ? word('found', locale) : clock(progressOf(job).elapsedMs)
      spoken = { title: null, phase: null, at: Date.now() }
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
  const count = countOf(job, done, total)
  const left = remainingMs === null ? '' : `, ${word('remaining', locale)} ${clock(remainingMs)}`
  return [phaseWord(phase, locale) ?? word('starting', locale), count, `${word('elapsed', locale)} ${clock(elapsedMs)}${left}`].filter(Boolean).join('  ')
}

/** Nothing before there is something to count; a file's counts are kilobytes, of which the share says more. */
function countOf(job: Job, done: number, total: number): string {
  if (total === 0) return ''
  return job.name === 'read-upload' ? `${Math.floor((done / total) * 100)} %` : `${done} / ${total}`
}

const wide = /[\p{Script=Han}\u3000-\u303f\uff01-\uff60]/u

/** As much of a text as fits into so many columns; Chinese characters take two each. */
function fitting(text: string, columns: number): string {
  let left = columns
  let kept = ''
  for (const character of text) {
    left -= wide.test(character) ? 2 : 1
    if (left < 0) break
    kept += character
  }
  return kept
}
