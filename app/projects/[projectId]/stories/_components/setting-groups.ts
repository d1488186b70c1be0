import type { StorySampling } from '@/lib/settings/stories'

export type SamplingName = keyof StorySampling

/** What most people change; it stands in the open. */
export const simpleSettings = ['temperature', 'maxTokens'] as const satisfies readonly SamplingName[]

/** Everything else, by what it is about. Together with the above: every setting there is. */
export const advancedGroups = {
  sampling: ['style', 'topP', 'topK', 'repetitionPenalty'],
  limits: ['target', 'minimumCharacters', 'tries'],
  running: ['concurrency', 'seed'],
} as const satisfies Record<string, readonly SamplingName[]>

export const groupNames = ['sampling', 'limits', 'running'] as const satisfies readonly (keyof typeof advancedGroups)[]
