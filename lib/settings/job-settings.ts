import { z } from 'zod'
import { novelSettings } from '@/lib/settings/novels'
import { pairSettings } from '@/lib/settings/pairs'
import { passageSettings } from '@/lib/settings/passages'
import { premiseSettings } from '@/lib/settings/premises'
import { storySettings } from '@/lib/settings/stories'
import { submissionSettings } from '@/lib/settings/submissions'
import { trainingSettings } from '@/lib/settings/training'

/** The settings of the seven stages, in their order: what a preset fills and a config file changes. */
export const jobSettings = z.strictObject({
  novels: novelSettings,
  passages: passageSettings,
  premises: premiseSettings,
  pairs: pairSettings,
  training: trainingSettings,
  stories: storySettings,
  submissions: submissionSettings,
})

export type JobSettings = z.infer<typeof jobSettings>
