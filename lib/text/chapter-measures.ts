import { clutterCounts, clutterRules, type ClutterKind } from '@/lib/text/clutter'
import { codePoints } from '@/lib/text/counts'
import { type Register, type RegisterEvidence, registerRules } from '@/lib/text/register'
import { traditionalCharacters } from '@/lib/text/simplify'

/** What a chapter's row holds of its text. */
export interface ChapterMeasures {
  characters: number
  measuredRegister: Register
  functionDensity: number
  deShare: number
  clauseLength: number
  classicalShare: number
  registerRules: number
  clutter: Partial<Record<ClutterKind, number>>
  clutterRules: number
  traditional: number
}

/** Counts a chapter; its register comes from outside, because the novel around it has a say in it. */
export function chapterMeasures(text: string, evidence: RegisterEvidence): ChapterMeasures {
  const { register, functionDensity, deShare, clauseLength, classicalShare } = evidence
  return {
    characters: codePoints(text),
    measuredRegister: register,
    functionDensity,
    deShare,
    clauseLength,
    classicalShare,
    registerRules,
    clutter: clutterCounts(text),
    clutterRules,
    traditional: traditionalCharacters(text),
  }
}
