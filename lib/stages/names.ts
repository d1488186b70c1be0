/** The seven stages in their order: the words of the folders, the routes and the messages. */
export const stageNames = ['novels', 'passages', 'premises', 'pairs', 'training', 'stories', 'submissions'] as const
export type StageName = (typeof stageNames)[number]
