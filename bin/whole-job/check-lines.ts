import type { Locale } from '@/lib/error-sentences'
import { isErrorCode, sentenceOf } from '@/lib/errors'
import type { CheckRecord } from '@/lib/stages/submissions/submissions'
import { word } from '@/bin/whole-job/words'

/** The verdict of a submission's check and each problem with its row. */
export function checkLines(check: CheckRecord | null, sha256: string | null, locale: Locale): string[] {
  if (!check) return [word('failed', locale)]
  if (check.problems.length === 0) return [word('passed', locale, { rows: check.rows, sha256: sha256 ?? '' })]
  const problems = check.problems.map(({ row, code, params }) => {
    const where = row === 0 ? word('file', locale) : word('row', locale, { row })
    return `  ${where}: ${isErrorCode(code) ? sentenceOf(code, params, locale) : code}`
  })
  return [word('failed', locale), ...problems, ...(check.moreProblems > 0 ? [`  + ${check.moreProblems}`] : [])]
}
