import { createHash } from 'node:crypto'

/** What two texts that are judged are known by, in their order: of texts that change later a vote says nothing. ranking.ts says the same in SQL. */
export function pairPrint(left: string, right: string): string {
  return createHash('md5').update(`${left}\u0001${right}`).digest('hex')
}
