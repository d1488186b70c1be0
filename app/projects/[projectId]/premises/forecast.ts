'use server'

import { z } from 'zod'
import { promptField } from '@/app/projects/[projectId]/premises/_prompt-form'
import { guardAction } from '@/app/_guard/guard-action'
import { whileFilledIn } from '@/app/_guard/while-filled-in'
import { formValues } from '@/app/_guard/run-action'
import { settingsForm } from '@/app/_settings/setting-spec'
import { chosenWriterOf } from '@/app/_writer/chosen-writer'
import type { Forecast } from '@/lib/llm/forecast'
import { premiseSampling } from '@/lib/settings/premises'
import { passageSelection } from '@/lib/settings/selection'
import { forecastPremises } from '@/lib/stages/premises/forecast'

const json = z.string().transform((text): unknown => JSON.parse(text))
const order = z.object({ projectId: z.uuid(), passageSetId: z.uuid(), prompt: promptField, selection: json.pipe(passageSelection).optional() })
const samplingSchema = settingsForm(premiseSampling)

/** What the run that the form describes would take; null while the form describes none. */
export async function readForecast(form: FormData): Promise<Forecast | null> {
  await guardAction()
  return whileFilledIn(async () => {
    const { projectId, passageSetId, prompt, selection } = order.parse(formValues(form))
    const sampling = samplingSchema.parse(formValues(form))
    return forecastPremises(projectId, { passageSetId, prompt, sampling, writer: await chosenWriterOf(form), ...(selection ? { selection } : {}) })
  })
}
