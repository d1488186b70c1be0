import { db } from '@/lib/db'
import type { DatasetVersion, Prisma } from '@/lib/generated/prisma/client'
import { anyRunSettings } from '@/lib/stages/stories/run-settings'
import type { StorySampling } from '@/lib/settings/stories'

const whole = {
  storyRun: {
    include: {
      model: { include: { base: true, adapter: { include: { trainingRun: { include: { datasetVersion: true, baseModel: true, promptVersion: true } } } } } },
      endpoint: { omit: { keyCipher: true } },
      promptVersion: true,
      scoring: true,
    },
  },
} as const
const ofRows = { outputPrints: true, tryNumbers: true } as const

export type Lineage = Prisma.SubmissionGetPayload<{ include: typeof whole; omit: typeof ofRows }>

/** Submissions with all that they were made from, in the order asked for. */
export async function lineages(submissionIds: readonly string[]): Promise<Lineage[]> {
  const found = await db().submission.findMany({ where: { id: { in: [...submissionIds] } }, include: whole, omit: ofRows })
  return submissionIds.flatMap((id) => found.find((each) => each.id === id) ?? [])
}

export type TrainedWith = NonNullable<NonNullable<NonNullable<Lineage['storyRun']['model']>['adapter']>['trainingRun']>

/** The training run whose adapter wrote a submission; null for an untuned model and for one from elsewhere. */
export function trainingOf({ storyRun: { model } }: Lineage): TrainedWith | null {
  return model?.adapter?.trainingRun ?? null
}

/** The dataset version it learned from. */
export function datasetOf(lineage: Lineage): DatasetVersion | null {
  return trainingOf(lineage)?.datasetVersion ?? null
}

/** How its stories were sampled; null for stories that came with a file. */
export function samplingOf({ storyRun: { settings } }: Lineage): StorySampling | null {
  const known = anyRunSettings.safeParse(settings).data
  return known && 'sampling' in known ? known.sampling : null
}
