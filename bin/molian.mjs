#!/usr/bin/env node
// The one entry point. Plain Node and no package: it runs before anything is installed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commands } from './commands.mjs'
import { SetupFailure, languageOf, sentenceOf } from './failure.mjs'
import { checkout, makeHome, molianHome } from './home.mjs'
import { runProgram } from './run-program.mjs'
import { runSteps } from './setup/steps.mjs'

const [word, ...args] = process.argv.slice(2)

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error
  process.stderr.write(`${error.sentence()}\n`)
  process.exitCode = error.code.startsWith('usage.') ? 2 : 1
}

async function main() {
  refuseOldNode(process.versions.node)
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') {
    process.stdout.write(helpText(languageOf()))
    return word === undefined ? 2 : 0
  }
  if (word === '--version' || word === '-v') {
    console.log(JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')).version)
    return 0
  }
  const command = Object.hasOwn(commands, word) ? commands[word] : null
  if (!command) throw new SetupFailure('usage.unknown-command', { word, commands: Object.keys(commands).join(', ') })
  if (command.module && args.includes('--help')) {
    console.log(`molian ${word}: ${command.about[languageOf()]}`)
    return 0
  }
  if (command.options) refuseUnknown(word, args, command.options)
  const home = molianHome()
  if (command.steps.length > 0) makeHome(home)
  await runSteps(command.steps, { home })
  if (command.program) return runProgram(command.program, args)
  const { default: run } = await import(command.module)
  return run(args, { home })
}

function refuseOldNode(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) throw new SetupFailure('node.too-old', { version })
}

function refuseUnknown(word, args, known) {
  const option = args.find((arg) => !known.includes(arg))
  if (option === undefined) return
  if (known.length === 0) throw new SetupFailure('usage.no-options', { word, option })
  throw new SetupFailure('usage.unknown-option', { word, option, known: known.join(', ') })
}

function helpText(language) {
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(10)} ${about[language]}`)
  return `${sentenceOf('usage.help', {}, language)}\n\n${lines.join('\n')}\n`
}
