import { isTerminator } from '@/lib/text/marks'

/** Whether a text ends as a sentence does: on 。！？!?…, with whatever quote or bracket closes after it. */
export function endsOnTerminator(text: string): boolean {
  const prose = text.trimEnd().replace(/["'”’」』）)》】]+$/u, '')
  return prose !== '' && isTerminator(prose.charCodeAt(prose.length - 1))
}
