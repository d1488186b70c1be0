import '@/bin/quiet-log'
import { Command, Option } from 'commander'
import { inspectionLines } from '@/bin/inspection-lines'
import { asMolianError } from '@/lib/errors'
import { textEncodings, textEncodingSchema } from '@/lib/text/encoding'
import { inspectFile } from '@/lib/text/inspect'
import { languageOf } from '@/bin/failure.mjs'

const program = new Command('molian inspect')
  .description('what an upload of FILE would give: exit 0 when something of it would be taken, 1 when not')
  .argument('<file>', 'train.json or test.json, a novel as .txt, or a .zip or .gz of those')
  .addOption(new Option('--encoding <encoding>', 'read it so, whatever it looks like').choices(textEncodings))
  .option('--json', 'as JSON')
  .parse()
const [file = ''] = program.args
const { json, encoding } = program.opts<{ json?: true; encoding?: string }>()
const locale = languageOf()

try {
  const chosen = encoding === undefined ? undefined : textEncodingSchema.parse(encoding)
  const inspection = await inspectFile(file, { encoding: chosen })
  if (json) console.log(JSON.stringify(inspection, null, 2))
  else for (const line of inspectionLines(inspection, locale)) console.log(line)
  process.exitCode = inspection.accepted > 0 ? 0 : 1
} catch (error) {
  const known = asMolianError(error)
  if (json) console.log(JSON.stringify({ code: known.code, params: known.params, sentence: known.sentence(locale) }, null, 2))
  else console.error(known.sentence(locale))
  process.exitCode = 1
}
