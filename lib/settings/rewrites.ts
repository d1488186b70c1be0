import { z } from 'zod'
import { storyFlaws } from '@/lib/llm/story-flaws'
import { hinted } from '@/lib/settings/hint'

/** Which stories of a finished run are asked for again, and how often at most. */
export const rewriteRule = z.strictObject({
  flaws: z.array(z.enum(storyFlaws)),
  /** A story with a smaller share of its premise's words is off its premise; null: that is not looked at. */
  adherenceBelow: hinted(z.number().gt(0).max(1).nullable(), 'The share of the premise’s words, 0 to 1, that a story must at least have.', '成稿至少应含提要词语的比例（0 到 1）。'),
  tries: hinted(z.number().int().min(1).max(20), 'Further tries that a story may have at most; one that is mended sooner has fewer.', '每篇最多再写几次；提前合格即止。'),
  continueCutOff: z.boolean(),
  /** Ordinals of the only rows that are meant, whatever is wrong with them; null: all that are as the rule says. */
  rows: z.array(z.number().int().min(0)).max(1000).nullable(),
})
export type RewriteRule = z.infer<typeof rewriteRule>
