import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { type Screen, terminal } from '@/bin/whole-job/terminal'
import { db } from '@/lib/db'
import type { Job } from '@/lib/generated/prisma/client'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

function screenOf(isTTY: boolean, columns = 80): { out: Screen; text: () => string } {
  let written = ''
  const stream = new Writable({
    write(piece, _, done) {
      written += String(piece)
      done()
    },
  })
  return { out: Object.assign(stream, { isTTY, columns }), text: () => written }
}

/** A job as the database has it, with some of it changed. */
async function job(changes: Partial<Job>): Promise<Job> {
  const { id } = await makeJob('train-adapter')
  return { ...(await db().job.findUniqueOrThrow({ where: { id } })), startedAt: new Date(), ...changes }
}

describe('the progress of a job', () => {
  it('is a line for each of its parts in a log file, in the reader’s words, and none before there is something to say', async () => {
    const { out, text } = screenOf(false)
    const screen = terminal(out, 'zh')
    for (const changes of [
      { state: 'queued' as const },
      { state: 'running' as const },
      { state: 'running' as const, phase: 'loading-model' },
      { state: 'running' as const, phase: 'loading-model' },
      { state: 'running' as const, phase: 'training', progressDone: 0, progressTotal: 40 },
      { state: 'running' as const, phase: 'training', progressDone: 1, progressTotal: 40 },
    ]) {
      screen.progress('training', await job(changes))
    }
    expect(text().split('\n')).toEqual(['  5 训练  载入模型  已用 0:00', '  5 训练  训练  0 / 40  已用 0:00', ''])
  })

  it('is one line rewritten in place on a terminal, never wider than that', async () => {
    const { out, text } = screenOf(true, 20)
    const screen = terminal(out, 'zh')
    screen.progress('training', await job({ state: 'queued' }))
    screen.progress('training', await job({ state: 'running', phase: 'starting-engine' }))
    expect(text().split('\r\x1b[K')).toEqual(['', '5 训练  等待中', '5 训练  启动推理引'])
  })

  it('says the share of a file, whose counts are kilobytes', async () => {
    const { out, text } = screenOf(true)
    terminal(out, 'en').progress('novels', await job({ name: 'read-upload', state: 'running', phase: 'reading', progressDone: 30, progressTotal: 120 }))
    expect(text()).toContain('1 Novels  reading  25 %  elapsed 0:00')
  })
})
