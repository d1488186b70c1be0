import { chmodSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout: where package.json lies. */
export const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..')

export const isRoot = process.getuid?.() === 0

/** Everything that is not the checkout lives here: MOLIAN_HOME, else XDG_DATA_HOME/molian, for root /var/lib/molian. */
export function molianHome(env = process.env) {
  if (env.MOLIAN_HOME) return resolve(env.MOLIAN_HOME)
  if (env.XDG_DATA_HOME) return join(resolve(env.XDG_DATA_HOME), 'molian')
  return isRoot ? '/var/lib/molian' : join(homedir(), '.local/share/molian')
}

/** Makes the home and the folders that set-up and supervision write to. */
export function makeHome(home) {
  mkdirSync(home, { recursive: true })
  // Root's PostgreSQL runs as another user, who must pass through but need not look around.
  chmodSync(home, isRoot ? 0o711 : 0o700)
  mkdirSync(join(home, 'logs'), { recursive: true, mode: 0o700 })
}
