import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countedByPytest, countedByVitest } from '../checks/counted.mjs'
import { checkout } from '../home.mjs'
import { runHere } from '../run-program.mjs'
import { nextProgram } from '../services/web.mjs'
import { findBrowser } from '../setup/browser.mjs'
import { venvPython } from '../setup/python.mjs'

/**
 * `molian test`: types, lint, vitest, pytest, one after the other, whatever fails on the way. Its last
 * line is `N passed, N failed`; types and lint count as one test each.
 */
export default async function test() {
  const directory = mkdtempSync(join(tmpdir(), 'molian-test-'))
  chmodSync(directory, 0o711)
  const run = runnerIn(directory)
  try {
    const results = {
      types: await types(run),
      lint: oneTest(await run(process.execPath, [fileOf('oxlint', 'bin/oxlint'), '--deny-warnings'])),
      vitest: await vitest(run, join(directory, 'vitest.json')),
      pytest: await pytest(run, join(directory, 'pytest.xml')),
    }
    const sum = (key) => Object.values(results).reduce((total, result) => total + result[key], 0)
    console.log()
    for (const [name, { passed, failed }] of Object.entries(results)) console.log(`${name}: ${passed} passed, ${failed} failed`)
    console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
    return sum('failed') === 0 ? 0 : 1
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function types(run) {
  const generated = await run(process.execPath, [nextProgram(), 'typegen'])
  return oneTest(generated || (await run(process.execPath, [fileOf('typescript', 'bin/tsc'), '--noEmit'])))
}

async function vitest(run, report) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return countedByVitest(report, await run(process.execPath, [fileOf('vitest', 'vitest.mjs'), 'run', ...reporters]))
}

async function pytest(run, report) {
  return countedByPytest(report, await run(venvPython, ['-m', 'pytest', join(checkout, 'tests/python'), `--junitxml=${report}`]))
}

function oneTest(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Runs a program of the tests: away from the person's own home, database and queue. */
function runnerIn(directory) {
  const env = { MOLIAN_HOME: join(directory, 'home'), DATABASE_URL: undefined, REDIS_URL: undefined, MOLIAN_BROWSER: findBrowser() }
  return (program, args) => {
    console.log(`\n$ ${[program, ...args].map((part) => part.replace(`${checkout}/`, '')).join(' ')}`)
    return runHere(program, args, { cwd: checkout, env })
  }
}

function fileOf(name, path) {
  return join(createRequire(import.meta.url).resolve(`${name}/package.json`), '..', path)
}
