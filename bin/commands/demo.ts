import '@/bin/quiet-log'
import { Command } from 'commander'
import { inHome } from '@/lib/artifacts'
import { clock } from '@/lib/clock'
import { presets } from '@/lib/settings/presets'
import { comparedStories } from '@/lib/stages/submissions/compare'
import { checkOf } from '@/lib/stages/submissions/submissions'
import { signalled } from '@/bin/commands/start.mjs'
import { languageOf } from '@/bin/failure.mjs'
import { runUntuned } from '@/bin/whole-job/run-untuned'
import { withStudio } from '@/bin/whole-job/open-studio'
import { checkLines } from '@/bin/whole-job/check-lines'
import { resultLine } from '@/bin/whole-job/result-line'
import { trainingLine, writingLine } from '@/bin/whole-job/results'
import { runStages } from '@/bin/whole-job/run-stages'
import { sampleFiles, sampleProject } from '@/bin/whole-job/sample'
import { terminal } from '@/bin/whole-job/terminal'
import { word } from '@/bin/whole-job/words'

const { exit } = new Command('npm run demo --')
  .description('the whole job on the sample project, with the starter model, in a few minutes')
  .option('--exit', 'end when done: status 0 only if the submission passes its checks')
  .parse()
  .opts<{ exit?: true }>()

const locale = languageOf()
const settings = presets.starter

process.exitCode = await withStudio({ web: true }, async (webUrl) => {
  const begun = Date.now()
  const screen = terminal(process.stdout, locale)
  screen.line(`${word('studio', locale)} ${webUrl ?? ''}`)
  screen.line(word('starterHonest', locale))
  const made = await runStages(
    { projectName: sampleProject, ...sampleFiles, settings },
    {
      progress: screen.progress,
      done(step, job) {
        screen.done(step, job, resultLine(step, job, locale))
        if (step === 'passages') screen.line(cappedLine(job.result))
      },
    },
  )
  const untuned = await runUntuned(made, settings, { progress: screen.progress, done: (step, job) => screen.done(step, job, resultLine(step, job, locale)) })

  const { submission } = made
  const check = checkOf(submission)
  screen.line()
  screen.line(trainingLine(made.trainingJob, locale))
  screen.line(await writingLine(made.storyRun.id, locale))
  const [row] = await comparedStories([untuned.id, submission.id], [0])
  const [before, after] = row?.stories ?? []
  screen.line(`\n${word('premise', locale)}: ${row?.premise ?? ''}`)
  screen.line(`\n—— ${word('before', locale)} ——\n${before?.text ?? ''}`)
  screen.line(`\n—— ${word('after', locale)} ——\n${after?.text ?? ''}\n`)
  for (const line of checkLines(check, submission.sha256, locale)) screen.line(line)
  if (submission.path) screen.line(`${word('submitAt', locale)} ${inHome(submission.path)}`)
  screen.line(word('took', locale, { time: clock(Date.now() - begun) }))
  if (!exit) {
    screen.line(`${word('studio', locale)} ${webUrl ?? ''}\n${word('serving', locale)}`)
    await signalled()
  }
  return submission.path && check?.problems.length === 0 ? 0 : 1
})

function cappedLine(result: unknown): string {
  const found = typeof result === 'object' && result !== null && 'found' in result ? String(result.found) : '?'
  return `  ${word('sampleCapped', locale, { limit: settings.passages.limit ?? '', found, seed: settings.passages.seed })}`
}
