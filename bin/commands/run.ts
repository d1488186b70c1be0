import '@/bin/quiet-log'
import { Command } from 'commander'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { inHome, writeAtomically } from '@/lib/artifacts'
import { asMolianError, MolianError } from '@/lib/errors'
import { readConfig } from '@/lib/settings/config-file'
import type { JobSettings } from '@/lib/settings/job-settings'
import { isPresetName } from '@/lib/settings/presets'
import { checkOf } from '@/lib/stages/submissions/submissions'
import { languageOf } from '@/bin/failure.mjs'
import { makeStarterIfUsed, withStudio } from '@/bin/whole-job/open-studio'
import { checkLines } from '@/bin/whole-job/check-lines'
import { presetOption, presetSettings } from '@/bin/whole-job/preset-option'
import { resultLine } from '@/bin/whole-job/result-line'
import { trainingLine } from '@/bin/whole-job/results'
import { runStages } from '@/bin/whole-job/run-stages'
import { terminal } from '@/bin/whole-job/terminal'
import { word } from '@/bin/whole-job/words'

type Options = { train: string; test: string; out: string; config?: string; project?: string; preset: string }

const options = new Command('molian run')
  .description('the whole job without a browser: novels to submit.json. The same call goes on where an earlier one stopped.')
  .requiredOption('--train <file>', 'novels: JSON Lines or a JSON array of {"name", "text"}')
  .requiredOption('--test <file>', 'rows to write for: {"instruction", "input", "output"}')
  .requiredOption('--out <file>', 'where submit.json goes')
  .option('--config <file>', 'JSON or JSONC laid over the preset ("molian config" prints a complete one)')
  .option('--project <name>', 'the project to work in; made when there is none (default: the name of the train file)')
  .addOption(presetOption('starter: this machine, no GPU; kuwen: the public baseline; careful: any base, slowly'))
  .parse()
  .opts<Options>()

const locale = languageOf()
process.exitCode = await main().catch((error: unknown) => {
  console.error(asMolianError(error).sentence(locale))
  return 1
})

async function main(): Promise<number> {
  // One's own preset lies in the database, which the studio brings; what else is wrong is said before it starts.
  const early = isPresetName(options.preset) ? await settingsOf(options) : null
  for (const file of [options.train, options.test]) {
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) throw new MolianError('upload.unreadable', { file, reason: found ? 'not a file' : 'no such file' })
  }
  if (early) await makeStarterIfUsed(early)
  return withStudio({ web: false }, async () => {
    const settings = early ?? (await settingsOf(options))
    if (!early) await makeStarterIfUsed(settings)
    return work(settings)
  })
}

async function settingsOf({ preset, config }: Options): Promise<JobSettings> {
  const base = await presetSettings(preset)
  if (!config) return base
  const text = await readFile(config, 'utf8').catch((error: unknown) => {
    throw new MolianError('config.unreadable', { file: config, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
  })
  return readConfig(text, path.basename(config), base, locale)
}

async function work(settings: JobSettings): Promise<number> {
  const screen = terminal(process.stdout, locale)
  const projectName = options.project ?? path.basename(options.train, path.extname(options.train))
  const made = await runStages({ projectName, train: options.train, test: options.test, settings }, {
    progress: screen.progress,
    done: (step, job) => screen.done(step, job, resultLine(step, job, locale)),
  })
  screen.line(trainingLine(made.trainingJob, locale))
  const { submission } = made
  const check = checkOf(submission)
  for (const line of checkLines(check, submission.sha256, locale)) screen.line(line)
  if (!submission.path || check?.problems.length !== 0) return 1
  await writeAtomically(options.out, textOf(inHome(submission.path)))
  screen.line(`${word('submitAt', locale)} ${path.resolve(options.out)}`)
  return 0
}

async function* textOf(file: string): AsyncGenerator<string> {
  for await (const piece of createReadStream(file, 'utf8')) yield String(piece)
}
