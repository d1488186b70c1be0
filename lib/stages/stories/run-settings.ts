import { z } from 'zod'
import { storySampling } from '@/lib/settings/stories'
import { chosenWriter } from '@/lib/stages/writer'

/** What a story run was started with. Frozen in its row. */
export const storyRunSettings = z.strictObject({ writer: chosenWriter, sampling: storySampling })
export type StoryRunSettings = z.infer<typeof storyRunSettings>

/** Of a run whose stories came with a file. */
export const fileRunSettings = z.strictObject({ writer: z.strictObject({ kind: z.literal('file'), fileName: z.string(), sha256: z.string() }) })

/** What wrote a run's stories and how, whichever of the two it is. */
export const anyRunSettings = z.union([storyRunSettings, fileRunSettings])
