import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { identify, isAlive } from './services/processes.mjs'

/**
 * Takes a lock that is a JSON file naming the process that holds it: `{taken: true, before}` with what a
 * dead holder left written there (null when there was none), or `{taken: false, holder}` when it is alive.
 * The file appears whole or not at all, so that a reader never sees half of it.
 */
export function takeLock(path, content = {}) {
  const own = { ...identify(process.pid), ...content }
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 })
  try {
    if (tryLink(draft, path)) return { taken: true, before: null }
    const holder = readLock(path)
    if (holder && isAlive(holder)) return { taken: false, holder }
    const before = setAside(path, holder)
    if (tryLink(draft, path)) return { taken: true, before }
    return { taken: false, holder: readLock(path) }
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Replaces what the lock says, atomically; only for its holder. */
export function rewriteLock(path, content) {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ ...identify(process.pid), ...content }), { mode: 0o600 })
  renameSync(draft, path)
}

/** What the lock file says, whoever holds it; null when there is none. */
export function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null
    throw error
  }
}

export function releaseLock(path) {
  if (readLock(path)?.pid === process.pid) rmSync(path, { force: true })
}

function tryLink(draft, path) {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead holder's file out of the way. If a quicker process has taken the lock meanwhile, it gets it back. */
function setAside(path, dead) {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return dead
    throw error
  }
  const moved = readLock(aside)
  if (moved && isAlive(moved)) tryLink(aside, path)
  rmSync(aside, { force: true })
  return moved && !isAlive(moved) ? moved : dead
}
