import { cutScenes } from '@/lib/text/cut-scenes'
import { codePoints } from '@/lib/text/counts'
import { cutPassages, type Passage, type PassageLengths } from '@/lib/text/passages'
import { sceneBreaks } from '@/lib/text/scenes'

export const strategies = ['length', 'scene', 'chapter'] as const
export type Strategy = (typeof strategies)[number]

/** How a chapter is cut: `chapterMaximum` (characters) says up to where the strategy `chapter` keeps it whole. */
export interface CutRule extends PassageLengths {
  strategy: Strategy
  chapterMaximum: number
}

export const cutEnds = ['chapter', 'scene', 'paragraph', 'sentence', 'quotation', 'clause', 'character'] as const
/** What lies where a passage ends: the end of its chapter or of a scene, else the place that `cutPassages` found. */
export type CutEnd = (typeof cutEnds)[number]

/** A passage of a chapter with its place in it; the only one of a chapter is opening and ending at once. */
export interface ChapterPassage extends Omit<Passage, 'endsAt'> {
  endsAt: CutEnd
  opening: boolean
  ending: boolean
}

/** Whether a passage stops before its scene does. */
export function endsMidScene(endsAt: CutEnd): boolean {
  return endsAt !== 'chapter' && endsAt !== 'scene'
}

/** Whether it stops before its paragraph does. */
export function endsMidParagraph(endsAt: CutEnd): boolean {
  return endsMidScene(endsAt) && endsAt !== 'paragraph'
}

/** Cuts a chapter by the strategy; the passages partition its text, and say how each came to end. */
export function cutChapter(text: string, rule: CutRule): ChapterPassage[] {
  const scenes = new Set(sceneBreaks(text).flatMap((each) => [each.unit, each.separatorUnit]))
  const passages = passagesBy(text, rule)
  return passages.map((passage, at) => {
    const ending = at === passages.length - 1
    return { ...passage, opening: at === 0, ending, endsAt: ending ? 'chapter' : scenes.has(passage.endUnit) ? 'scene' : passage.endsAt }
  })
}

function passagesBy(text: string, rule: CutRule): Passage[] {
  switch (rule.strategy) {
    case 'length':
      return cutPassages(text, rule)
    case 'scene':
      return cutScenes(text, rule)
    case 'chapter':
      return wholeWithin(text, rule.chapterMaximum) ?? cutPassages(text, rule)
  }
}

/** The chapter as one passage where it is no longer than that. */
function wholeWithin(text: string, maximum: number): Passage[] | null {
  // A code point is one or two units, so most chapters need no counting.
  if (text === '' || text.length > 2 * maximum) return null
  const end = codePoints(text)
  if (end > maximum) return null
  return [{ start: 0, end, startUnit: 0, endUnit: text.length, characters: codePoints(text.trimEnd()), endsAt: 'paragraph' }]
}
