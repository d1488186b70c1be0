import { fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Command } from 'commander'
import { measurementSchema, needSchema, type Measurement } from '@/bench/support/measurement'
import { SetupFailure } from '../failure.mjs'
import { checkout, makeHome, molianHome } from '../home.mjs'
import { browser } from '../setup/browser.mjs'
import { build } from '../setup/build.mjs'
import { model } from '../setup/model.mjs'
import { python } from '../setup/python.mjs'
import { runSteps } from '../setup/steps.mjs'

/** What a benchmark may need, in the order in which it is set up. */
const setUp = { python, browser, build, model }
const folder = path.join(checkout, 'bench')

const program = new Command('molian bench')
  .description('Measures, both sides in the same run, and prints a table or (--json) one object.')
  .argument('[names...]', `which of: ${names().join(', ')}; all without a name`)
  .option('--json', 'print one JSON object: {"stories": {"ours", "baseline", "ratio", "unit"}, …}')
  .option('--model <folder>', 'the model that `training` is measured with, instead of the starter model')
  .action(bench)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error
  process.stderr.write(`${error.sentence()}\n`)
  process.exitCode = error.code.startsWith('usage.') ? 2 : 1
}

async function bench(asked: string[], options: { json?: boolean; model?: string }): Promise<void> {
  const unknown = asked.find((name) => !names().includes(name))
  if (unknown) throw new SetupFailure('usage.unknown-bench', { name: unknown, names: names().join(', ') })
  if (options.model) process.env.MOLIAN_BENCH_MODEL = path.resolve(options.model)
  const wanted = asked.length > 0 ? asked : names()
  await setUpFor(wanted)
  const results: Record<string, Measurement> = {}
  for (const name of wanted) {
    process.stderr.write(`· ${name}\n`)
    const measurement = await measureApart(name)
    if (measurement) results[name] = measurement
    else process.exitCode = 1
  }
  console.log(options.json ? JSON.stringify(results, null, 2) : table(results))
}

/** The files beside each other in bench/ that export `measure`. */
function names(): string[] {
  return readdirSync(folder)
    .filter((file) => /^[a-z].*\.ts$/.test(file) && /^export .*\bmeasure\b/m.test(readFileSync(path.join(folder, file), 'utf8')))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort()
}

/** A benchmark says what it needs in a line `export const needs = ['python', 'model']`, read without running it. */
async function setUpFor(wanted: string[]): Promise<void> {
  const needs = wanted.flatMap((name) => {
    const line = readFileSync(path.join(folder, `${name}.ts`), 'utf8').match(/^export const needs = (\[.*\])/m)?.[1]
    return needSchema.parse(JSON.parse((line ?? '[]').replaceAll("'", '"')))
  })
  if (needs.length === 0) return
  const home = molianHome()
  makeHome(home)
  await runSteps(Object.entries(setUp).flatMap(([name, step]) => (needs.some((need) => need === name) ? [step] : [])), { home })
}

/** What a benchmark prints goes to stderr: stdout belongs to the result. */
function measureApart(name: string): Promise<Measurement | null> {
  const child = fork(path.join(folder, 'support/measure-one.ts'), [path.join(folder, `${name}.ts`)], {
    execArgv: ['--expose-gc', '--import', import.meta.resolve('tsx')],
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
  })
  return new Promise((resolve) => {
    let measurement: Measurement | null = null
    child.on('message', (message) => {
      measurement = measurementSchema.parse(message)
    })
    child.once('close', () => resolve(measurement))
  })
}

function table(results: Record<string, Measurement>): string {
  const rows = Object.entries(results).map(([name, { ours, baseline, ratio, unit, ...more }]) => [
    name,
    `${rounded(ours)} ${unit}`,
    `${rounded(baseline)} ${unit}`,
    `${ratio.toFixed(2)}×`,
    Object.entries(more).map(([key, value]) => `${key} ${typeof value === 'number' ? rounded(value) : value}`).join(', '),
  ])
  const lines = [['', 'ours', 'baseline', 'ratio', ''], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}

function rounded(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en')
}
