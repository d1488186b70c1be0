import { randomUUID } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { owner, isDeadHere } from '@/gpu-worker/owner'
import { startTimeOf } from '@/gpu-worker/process/identity'
import { readLines } from '@/gpu-worker/process/lines'
import { endMarked, markedProcesses } from '@/gpu-worker/process/marked'
import { spawnTethered, type Child } from '@/gpu-worker/process/spawn'
import { pythonProgram } from '@/tests/support/scripted-child'
import { useStudio } from '@/tests/support/studio'

useStudio()

const ignoresTerm = ['import os, signal, subprocess, sys, time', 'signal.signal(signal.SIGTERM, signal.SIG_IGN)']
const speaks = ['print("ready", flush=True)', 'time.sleep(600)']
// A grandchild in a session of its own: no signal to the group reaches it.
const leavesGroup = ['subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"], start_new_session=True)']

function start(lines: string[], graceSeconds = 1): { child: Child; jobId: string } {
  const jobId = randomUUID()
  const marker = { jobId, epoch: 1, owner }
  return { jobId, child: spawnTethered({ marker, args: [pythonProgram(lines)], graceSeconds, output: 'pipes' }) }
}

async function firstLine(child: Child): Promise<string> {
  const [chunk]: unknown[] = child.stdout ? await once(child.stdout, 'data') : []
  return String(chunk).trim()
}

const living = async (jobId: string) => (await markedProcesses()).filter((process) => process.jobId === jobId)

test('a child that ignores SIGTERM and a grandchild that left its group are both ended', async () => {
  const { child, jobId } = start([...ignoresTerm, ...leavesGroup, ...speaks])
  await firstLine(child)
  await expect.poll(async () => (await living(jobId)).length).toBe(3)
  await child.end()
  expect(await living(jobId)).toEqual([])
  expect(await child.exited).toBe(137)
})

test('what a child leaves behind when it ends by itself is ended too', async () => {
  const { child, jobId } = start([...ignoresTerm, ...leavesGroup, 'sys.exit(3)'])
  expect(await child.exited).toBe(3)
  expect(await living(jobId)).toEqual([])
})

test('a child has the grace period to save what it has', async () => {
  const { child } = start(['import signal, sys, time', 'signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.3), sys.exit(143)))', ...speaks], 5)
  await firstLine(child)
  await child.end()
  expect(await child.exited).toBe(143)
})

test('a child sees no key, no database address and nothing else of this environment', async () => {
  process.env.OPENAI_API_KEY = 'sk-not-for-children'
  const { child } = start(['import os, json, time', 'print(json.dumps(sorted(os.environ)), flush=True)'])
  const names: unknown = JSON.parse(await firstLine(child))
  delete process.env.OPENAI_API_KEY
  expect(names).toContain('HF_HUB_OFFLINE')
  for (const secret of ['DATABASE_URL', 'REDIS_URL', 'MOLIAN_KEY', 'OPENAI_API_KEY', 'MOLIAN_HOME']) expect(names).not.toContain(secret)
})

test('an argument is an argument, whatever a shell would make of it', async () => {
  const jobId = randomUUID()
  const program = pythonProgram(['import sys', 'print(sys.argv[1], flush=True)'])
  const child = spawnTethered({ marker: { jobId, epoch: 1, owner }, args: [program, '$(id); `id` && "x"'], graceSeconds: 1, output: 'pipes' })
  expect(await firstLine(child)).toBe('$(id); `id` && "x"')
})

test('children end by themselves when the process that started them is killed', async () => {
  const jobId = randomUUID()
  const program = pythonProgram([...ignoresTerm, ...leavesGroup, ...speaks])
  const script = `
    import { spawnTethered } from '@/gpu-worker/process/spawn'
    const child = spawnTethered({ marker: { jobId: '${jobId}', epoch: 1, owner: 'x' }, args: ['${program}'], graceSeconds: 1, output: 'pipes' })
    child.stdout?.on('data', () => process.stdout.write('started'))`
  const starter = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: resolve(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] })
  await once(starter.stdout, 'data')
  await expect.poll(async () => (await living(jobId)).length).toBe(3)
  starter.kill('SIGKILL')
  await expect.poll(() => living(jobId), { timeout: 15_000 }).toEqual([])
})

test('only the attempt that is meant is ended, not its successor', async () => {
  const jobId = randomUUID()
  const program = pythonProgram(['import time', ...speaks])
  const attempt = (epoch: number) => spawnTethered({ marker: { jobId, epoch, owner }, args: [program], graceSeconds: 1, output: 'pipes' })
  const [first, second] = [attempt(1), attempt(2)]
  await Promise.all([firstLine(first), firstLine(second)])
  await first.kill()
  expect((await living(jobId)).map(({ epoch }) => epoch)).toEqual([2, 2])
  await second.end()
})

test('this process is a living owner, and no process with another start time is', () => {
  expect(isDeadHere(owner)).toBe(false)
  expect(isDeadHere(owner.replace(/:[^:]+$/, ':1'))).toBe(true)
  expect(isDeadHere(`elsewhere:${process.pid}:1`)).toBe(false)
  expect(startTimeOf(2 ** 22 + 1)).toBeNull()
})

test('lines are cut out of a stream whatever its pieces, and an endless one is cut short', async () => {
  const lines: string[] = []
  await readLines(Readable.from([Buffer.from('墨').subarray(0, 2), Buffer.from('墨').subarray(2), 'a\r\nb\rc\n\n', 'x'.repeat(50), 'y\nlast']), 12, (line) => lines.push(line))
  expect(lines).toEqual(['墨a', 'b', 'c', 'x'.repeat(12), 'last'])
})

test('nothing marked is left by these tests', async () => {
  expect(await endMarked((marked) => marked.owner === owner)).toBe(0)
})
