'use server'

import { z } from 'zod'
import { promptField } from '@/app/projects/[projectId]/premises/_prompt-form'
import { guardAction } from '@/app/_guard/guard-action'
import { formValues } from '@/app/_guard/run-action'
import { settingsForm } from '@/app/_settings/setting-spec'
import { chosenWriterOf } from '@/app/_writer/chosen-writer'
import type { Forecast } from '@/lib/llm/forecast'
import { premiseSampling } from '@/lib/settings/premises'
import { passageSelection } from '@/lib/settings/selection'
import { db } from '@/lib/db'
import { forecastPremises } from '@/lib/stages/premises/forecast'

const json = z.string().transform((text): unknown => JSON.parse(text))
const order = z.object({ projectId: z.uuid(), passageSetId: z.uuid(), prompt: promptField, selection: json.pipe(passageSelection).optional() })
const samplingSchema = settingsForm(premiseSampling)

/** What the run that the form describes would take; null while the form describes none. */
export async function readForecast(form: FormData): Promise<Forecast | null> {
  await guardAction()
  try {
    const { projectId, passageSetId, prompt, selection } = order.parse(formValues(form))
    if ((await db().passageSet.count({ where: { id: passageSetId, projectId } })) === 0) return null
    const sampling = samplingSchema.parse(formValues(form))
    return await forecastPremises({ passageSetId, prompt, sampling, writer: await chosenWriterOf(form), ...(selection ? { selection } : {}) })
  } catch {
    // A form that is being filled in: what is wrong with it is said when it is sent.
    return null
  }
}
