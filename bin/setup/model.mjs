import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure, languageOf, sentenceOf } from '../failure.mjs'
import { checkout } from '../home.mjs'
import { runLogged, tailOf } from './program.mjs'
import { pipInstall, venvPython } from './python.mjs'
import { hashOfFiles, readStamp, refuseFullDisk, writeStamp } from './steps.mjs'

const folder = 'gpu-worker/python'
const recipe = ['starter_model.py', 'starter_vocabulary.py', 'starter_weights.py', 'requirements-starter.txt'].map((name) => join(folder, name))
const neededGigabytes = 2

/** Where the starter model lies in a home. */
export function starterModelDirectory(home) {
  return join(home, 'models/starter')
}

/** The starter model: its weights come as Python packages, and it is made, cut and checked on first use only. */
export const model = {
  name: 'model',
  // The manifest is what the script writes last; the stamp says by which recipe.
  isDone: ({ home }) => existsSync(join(starterModelDirectory(home), 'manifest.json')) && readStamp(stampOf(home)) === hashOfFiles(recipe),
  async run({ home, say }) {
    const directory = starterModelDirectory(home)
    if (!existsSync(directory)) refuseFullDisk(home, neededGigabytes)
    const log = join(home, 'logs', 'setup-model.log')
    await pipInstall(['--no-deps', '-r', join(checkout, folder, 'requirements-starter.txt')], { log })
    const code = await runLogged(venvPython, [join(checkout, folder, 'starter_model.py'), directory], { log })
    if (code !== 0) throw new SetupFailure('model.failed', { log, tail: tailOf(log) })
    writeStamp(stampOf(home), hashOfFiles(recipe))
    say(sentenceOf('model.terms', { terms: join(directory, 'GEMMA_TERMS.html') }, languageOf()))
  },
}

function stampOf(home) {
  return join(home, 'models/starter.recipe')
}
