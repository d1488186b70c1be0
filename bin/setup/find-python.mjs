import { execFileSync } from 'node:child_process'
import { SetupFailure } from '../failure.mjs'
import { findOnPath } from './program.mjs'

export const oldestMinor = 11

// 3.11 is what the pinned packages were tried with; newer ones follow.
const names = ['python3.11', 'python3.12', 'python3.13', 'python3', 'python']

/**
 * A Python of at least 3.11 that can make virtual environments: MOLIAN_PYTHON and no other when that is
 * set, else the first fit one of the PATH. Fails with what is wrong with the best that was found.
 * @param {Record<string, string | undefined>} env
 * @returns {{program: string, version: string}}
 */
export function findPython(env = process.env) {
  const candidates = env.MOLIAN_PYTHON ? [env.MOLIAN_PYTHON] : names.map((name) => findOnPath(name, env.PATH)).filter(Boolean)
  let failure = env.MOLIAN_PYTHON
    ? new SetupFailure('python.not-run', { program: env.MOLIAN_PYTHON })
    : new SetupFailure('python.missing')
  let isRecentOneFound = false
  for (const program of candidates) {
    const version = versionOf(program)
    if (!version) continue
    const [major, minor] = version.split('.').map(Number)
    if (major !== 3 || minor < oldestMinor) {
      if (!isRecentOneFound) failure = new SetupFailure('python.too-old', { program, version })
      continue
    }
    isRecentOneFound = true
    if (runs(program, 'import venv, ensurepip')) return { program, version }
    failure = new SetupFailure('python.no-venv', { program, package: `python3.${minor}-venv` })
  }
  throw failure
}

function versionOf(program) {
  return ask(program, 'import platform; print(platform.python_version())')
}

function runs(program, code) {
  return ask(program, `${code}; print("yes")`) === 'yes'
}

function ask(program, code) {
  try {
    return execFileSync(program, ['-c', code], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 30_000 }).trim()
  } catch {
    return null
  }
}
