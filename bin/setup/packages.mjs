import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { checkout } from '../home.mjs'
import { findOnPath, runLogged, tailOf } from './program.mjs'

export const packages = {
  name: 'packages',
  isDone: () => arePackagesThere(checkout),
  async run({ home }) {
    const log = join(home, 'logs', 'setup-packages.log')
    // npm tells its scripts where it lies itself, which also serves when it is not on the PATH.
    const own = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : null
    const [program, ...first] = own ?? [findOnPath('npm')]
    if (!program) throw new SetupFailure('packages.no-npm')
    const code = await runLogged(program, [...first, 'ci', '--no-audit', '--no-fund'], {
      log,
      // Older versions of npm run every install script; Prisma's would look for engines that are not used here.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_SKIP_POSTINSTALL_GENERATE: '1' },
    })
    if (code !== 0) throw new SetupFailure('packages.failed', { log, tail: tailOf(log) })
  },
}

/** Is what npm installed (node_modules/.package-lock.json) what package-lock.json asks for? */
export function arePackagesThere(directory) {
  const installed = packagesOf(join(directory, 'node_modules/.package-lock.json'))
  const wanted = packagesOf(join(directory, 'package-lock.json'))
  if (!installed || !wanted) return false
  const isRight = ([path, { version }]) => wanted[path]?.version === version
  const isThere = ([path, { optional, devOptional }]) => path === '' || optional || devOptional || installed[path]
  return Object.entries(installed).every(isRight) && Object.entries(wanted).every(isThere)
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : null
}
