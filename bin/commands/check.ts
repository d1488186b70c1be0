import '@/bin/quiet-log'
import { Command, InvalidArgumentError } from 'commander'
import path from 'node:path'
import { asMolianError, MolianError } from '@/lib/errors'
import { submissionSettings } from '@/lib/settings/submissions'
import { checkSubmission, type ExpectedRow } from '@/lib/submission/check'
import { openRecordFile } from '@/lib/text/record-file'
import { testRowOf } from '@/lib/text/test-row'
import { checkJson, checkLines } from '@/bin/whole-job/check-lines'
import { languageOf } from '@/bin/failure.mjs'

const program = new Command('molian check')
  .description("the submission's checks: exit 0 when it passes, 1 when not")
  .argument('<file>', 'the submission')
  .requiredOption('--test <file>', 'the test file it answers')
  .option('--minimum <characters>', 'an output needs at least so many', minimumOf, 1)
  .option('--json', 'as JSON')
  .parse()
const [file = ''] = program.args
const options = program.opts<{ test: string; minimum: number; json?: true }>()
const locale = languageOf()

try {
  const check = await checkSubmission(file, expectedRows(options.test), { minimumCharacters: options.minimum })
  if (options.json) console.log(JSON.stringify(checkJson(check, locale), null, 2))
  else for (const line of checkLines(check, check.sha256, locale)) console.log(line)
  process.exitCode = check.problems.length === 0 ? 0 : 1
} catch (error) {
  console.error(asMolianError(error).sentence(locale))
  process.exitCode = 1
}

/** The rows as the test file has them; one that cannot be read makes the comparison meaningless, so it ends the check. */
async function* expectedRows(test: string): AsyncGenerator<ExpectedRow> {
  const name = path.basename(test)
  const { records } = await openRecordFile(test, name)
  for await (const record of records) {
    if (!record.ok) throw new MolianError('check.bad-test-row', { file: name, line: record.line, reason: new MolianError(record.code, record.params).sentence(locale) })
    const row = testRowOf(record.value)
    if (!row.ok) throw new MolianError('check.bad-test-row', { file: name, line: record.line, reason: new MolianError(row.code, row.params).sentence(locale) })
    yield record.value
  }
}

function minimumOf(text: string): number {
  const settings = submissionSettings.safeParse({ minimumCharacters: /^\d+$/.test(text) ? Number(text) : text })
  if (!settings.success) throw new InvalidArgumentError(settings.error.issues.map(({ message }) => message).join('; '))
  return settings.data.minimumCharacters
}
