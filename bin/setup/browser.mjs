import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { isRoot } from '../home.mjs'
import { findOnPath, runLogged, tailOf } from './program.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** A Chromium for the browser test, with a font that has Chinese characters; only tests need it. */
export const browser = {
  name: 'browser',
  // Without the font pages are tested all the same, but look poor on pictures: no reason to stop.
  isDone: () => findBrowser() !== null && (hasChineseFont() || !canInstall()),
  async run({ home }) {
    const missing = [findBrowser() ? null : 'chromium', hasChineseFont() ? null : 'fonts-noto-cjk'].filter(Boolean)
    const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
    if (!canInstall()) throw new SetupFailure('browser.missing', { command: `sudo ${command}` })
    const log = join(home, 'logs', 'setup-browser.log')
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    // An index that cannot be renewed may still be good enough to install from.
    await runLogged('apt-get', ['update'], { log, env })
    const code = await runLogged('apt-get', command.split(' ').slice(1), { log, env })
    if (code !== 0 || !findBrowser()) throw new SetupFailure('browser.failed', { command, log, tail: tailOf(log) })
  },
}

/** MOLIAN_BROWSER, else a Chromium or Chrome of this machine; null when there is none. */
export function findBrowser(env = process.env) {
  if (env.MOLIAN_BROWSER) return existsSync(env.MOLIAN_BROWSER) ? env.MOLIAN_BROWSER : null
  const onPath = names.map((name) => findOnPath(name, env.PATH)).find(Boolean)
  return onPath ?? elsewhere.find((path) => existsSync(path)) ?? null
}

function canInstall() {
  return isRoot && findOnPath('apt-get') !== null
}

function hasChineseFont() {
  if (process.platform === 'darwin' || !findOnPath('fc-list')) return process.platform === 'darwin'
  return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim() !== ''
}
