import { doctorSentences } from './doctor.mjs'
import { servicesSentences } from './services.mjs'
import { setupSentences } from './setup.mjs'
import { usageSentences } from './usage.mjs'

/**
 * Code → sentence in English and Chinese, with `{name}` places. Apart from lib/error-sentences.ts, as these
 * are needed before TypeScript can be run.
 */
export const sentences = { ...setupSentences, ...servicesSentences, ...doctorSentences, ...usageSentences }
