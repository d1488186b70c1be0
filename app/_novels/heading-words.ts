import { FRONT_HEADING } from '@/lib/text/front-heading'

/** A chapter's heading as it is shown: what stands before the first one has no heading of the novel's, and gets the reader's word (`ui.front`). */
export function headingWords(heading: string, front: string): string {
  return heading === FRONT_HEADING ? front : heading
}
