import { z } from 'zod'
import { judgePrompt, judgeSampling } from '@/lib/settings/judge'
import { chosenWriter } from '@/lib/stages/writer'

/** Who judges, in which words and how. Frozen in the judge's row. */
export const judgeSettings = z.strictObject({ writer: chosenWriter, prompt: judgePrompt, sampling: judgeSampling })
export type JudgeSettings = z.infer<typeof judgeSettings>
