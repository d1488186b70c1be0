import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SetupFailure, languageOf, sentenceOf } from '../failure.mjs'
import { checkout } from '../home.mjs'
import { releaseLock, takeLock } from '../lock-file.mjs'

/**
 * Runs those steps that are not done yet, in order, saying what each does and how long it took.
 * A step is `{name, isDone(), run(say)}`; its sentence is `step.<name>`. Two commands that set up the same
 * checkout at once take turns.
 * @param {{name: string, isDone(context: {home: string}): boolean | Promise<boolean>, run(context: {home: string, say: (line: string) => void}): Promise<void>}[]} steps
 * @param {{home: string, out?: {write(text: string): boolean}}} options
 */
export async function runSteps(steps, { home, out = process.stderr }) {
  const isSomethingMissing = async () => {
    for (const step of steps) if (!(await step.isDone({ home }))) return true
    return false
  }
  if (!(await isSomethingMissing())) return
  await whileAlone(out, async () => {
    for (const step of steps) {
      if (await step.isDone({ home })) continue
      await runStep(step, { home, out })
    }
  })
}

async function runStep(step, { home, out }) {
  const language = languageOf()
  out.write(`· ${sentenceOf(`step.${step.name}`, {}, language)}\n`)
  const started = performance.now()
  await step.run({ home, say: (line) => out.write(`  ${line}\n`) })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  out.write(`✓ ${sentenceOf(`step.${step.name}`, {}, language)} (${seconds} s)\n`)
}

async function whileAlone(out, work) {
  const lock = join(tmpdir(), `molian-setup-${hashOf([checkout]).slice(0, 16)}.lock`)
  let isWaiting = false
  for (;;) {
    const { taken, holder } = takeLock(lock)
    if (taken) break
    if (!isWaiting) out.write(`· ${sentenceOf('setup.waits', { pid: holder?.pid ?? '?' }, languageOf())}\n`)
    isWaiting = true
    await pause(200)
  }
  try {
    await work()
  } finally {
    releaseLock(lock)
  }
}

/** SHA-256 over texts and buffers, hexadecimal. */
export function hashOf(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

/** SHA-256 over the names and contents of files and whole folders under `base`; what does not exist counts as empty. */
export function hashOfFiles(paths, base = checkout) {
  return hashOf(paths.flatMap((path) => filesUnder(join(base, path)).flatMap((file) => [file.slice(base.length), readFileSync(file)])))
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => name !== '__pycache__' && name !== 'generated')
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

/** A stamp is a small file that says for which inputs a step was done. */
export function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

export function writeStamp(file, stamp) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, stamp)
}

/** Fails when the disk that holds `directory` has less than `gigabytes` (10⁹ bytes) free. */
export function refuseFullDisk(directory, gigabytes) {
  let existing = directory
  while (!existsSync(existing)) existing = dirname(existing)
  const { bavail, bsize } = statfsSync(existing)
  const free = (bavail * bsize) / 1e9
  if (free < gigabytes) throw new SetupFailure('disk.full', { directory: existing, needed: gigabytes, free: free.toFixed(1) })
}
