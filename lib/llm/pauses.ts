/** A server may ask for a pause, and failures lengthen it; nobody waits longer than this, in milliseconds, before the next try. */
export const longestPause = 60_000

/** Milliseconds of the first pause after a failure, doubled with each further one in a row. */
export const firstPause = 500
