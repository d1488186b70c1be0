import { adapterSentences } from '@/lib/error-sentences/adapters'
import { chapterSentences } from '@/lib/error-sentences/chapters'
import { childSentences } from '@/lib/error-sentences/children'
import { compareSentences } from '@/lib/error-sentences/compare'
import { configSentences } from '@/lib/error-sentences/config-file'
import { endpointSentences } from '@/lib/error-sentences/endpoints'
import { hubSentences } from '@/lib/error-sentences/hubs'
import { jobSentences } from '@/lib/error-sentences/jobs'
import { modelSentences } from '@/lib/error-sentences/models'
import { pairSentences } from '@/lib/error-sentences/pairs'
import { playSentences } from '@/lib/error-sentences/plays'
import { readingSentences } from '@/lib/error-sentences/reading'
import { runSentences } from '@/lib/error-sentences/runs'
import { servingSentences } from '@/lib/error-sentences/serving'
import { studioSentences } from '@/lib/error-sentences/studio'
import { submissionSentences } from '@/lib/error-sentences/submission'
import { trainingSentences } from '@/lib/error-sentences/training'
import { uploadSentences } from '@/lib/error-sentences/uploads'

export type { Locale } from '@/lib/error-sentences/locale'

/** Every error a person can meet: what happened, to what, and what to do next. */
export const errorSentences = {
  ...studioSentences,
  ...jobSentences,
  ...configSentences,
  ...readingSentences,
  ...endpointSentences,
  ...uploadSentences,
  ...chapterSentences,
  ...pairSentences,
  ...runSentences,
  ...playSentences,
  ...submissionSentences,
  ...compareSentences,
  ...childSentences,
  ...servingSentences,
  ...modelSentences,
  ...hubSentences,
  ...adapterSentences,
  ...trainingSentences,
} as const

export type ErrorCode = keyof typeof errorSentences
