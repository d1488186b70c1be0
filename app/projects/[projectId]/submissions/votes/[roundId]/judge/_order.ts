import { z } from 'zod'
import { parseForm } from '@/app/_guard/run-action'
import { atField } from '@/app/_guard/at-field'
import { chosenWriterOf } from '@/app/_writer/chosen-writer'
import { judgePrompt, judgeSampling } from '@/lib/settings/judge'
import type { JudgeSettings } from '@/lib/stages/submissions/judge-settings'

const { pairs, temperature, maxTokens, concurrency, seed } = judgeSampling.shape
const number = z.coerce.number()
const words = z.object({ system: judgePrompt.shape.system.default(''), template: judgePrompt.shape.template })
const sampling = z.object({ pairs: number.pipe(pairs), temperature: number.pipe(temperature), maxTokens: number.pipe(maxTokens), concurrency: number.pipe(concurrency), seed: number.pipe(seed) })

/** The judge that a form describes: who, in which words, and how. */
export async function judgeOrderOf(form: FormData): Promise<JudgeSettings> {
  const writer = await atField('engineModel', 'model.', () => chosenWriterOf(form))
  const prompt = await parseForm(words, form)
  return { writer, prompt: { system: plain(prompt.system), template: plain(prompt.template) }, sampling: await parseForm(sampling, form) }
}

/** A form sends its line ends as CR LF. */
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n')
}
