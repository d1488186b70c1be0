import type { Locale } from '@/lib/error-sentences'
import { isErrorCode, sentenceOf } from '@/lib/errors'
import type { CheckRecord } from '@/lib/stages/submissions/submissions'
import { changeSentence, fixSentence } from '@/lib/submission/fix-sentences'
import { isMendable } from '@/lib/submission/fixes'
import { word } from '@/bin/whole-job/words'

/** The verdict of a submission's check, each problem with its row and what can be done about it, and what mending it would change. */
export function checkLines(check: CheckRecord | null, sha256: string | null, locale: Locale): string[] {
  if (!check) return [word('failed', locale)]
  if (check.problems.length === 0) return [word('passed', locale, { rows: check.rows, sha256: sha256 ?? '' })]
  const problems = check.problems.map(({ row, code, params, fix }) => {
    const where = row === 0 ? word('file', locale) : word('row', locale, { row })
    return `  ${where}: ${[problemSentence(code, params, locale), fix && fixSentence(fix, locale)].filter(Boolean).join(locale === 'zh' ? '' : ' ')}`
  })
  return [word('failed', locale), ...problems, ...(check.moreProblems > 0 ? [`  + ${check.moreProblems}`] : []), ...mendLines(check, locale)]
}

function mendLines({ mending }: CheckRecord, locale: Locale): string[] {
  if (!mending || !isMendable(mending)) return []
  return [word('mend', locale), ...mendingSentences(mending, locale).map((sentence) => `  ${sentence}`), word('mendWhere', locale)]
}

/** What mending would change, and what it would leave as it is, in the page's words. */
function mendingSentences({ changes, unanswered }: NonNullable<CheckRecord['mending']>, locale: Locale): string[] {
  const left = unanswered.count === 0 ? [] : [{ kind: 'write-again' as const, count: unanswered.count, rows: unanswered.rows.slice(0, listed) }]
  return [...changes, ...left].map((change) => changeSentence(change, locale))
}

/** The same for a program: each problem and change with its sentence beside it. */
export function checkJson<Check extends CheckRecord>({ problems, mending, ...check }: Check, locale: Locale) {
  return {
    ...check,
    problems: problems.map((problem) => ({ ...problem, sentence: problemSentence(problem.code, problem.params, locale), fixSentence: problem.fix && fixSentence(problem.fix, locale) })),
    ...(mending ? { mending: { ...mending, isMendable: isMendable(mending), sentences: mendingSentences(mending, locale) } } : {}),
  }
}

/** Rows that are named before the rest is only counted. */
const listed = 12

function problemSentence(code: string, params: CheckRecord['problems'][number]['params'], locale: Locale): string {
  return isErrorCode(code) ? sentenceOf(code, params, locale) : code
}
