/** The kinds of premise: one sentence, an outline, an opening line, theme words. Without zod, so that the browser's form can use them too. */
export const premiseStyles = ['sentence', 'outline', 'opening', 'theme'] as const
export type PremiseStyle = (typeof premiseStyles)[number]

/** Those that a prompt may have beside the one sentence. */
export const furtherStyles = ['outline', 'opening', 'theme'] as const
export type FurtherStyle = (typeof furtherStyles)[number]
