import { errorSentence } from '@/app/_i18n/error-sentence'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { Table } from '@/app/_ui/table'
import type { CheckRecord } from '@/lib/stages/submissions/submissions'
import { fixSentence } from '@/lib/submission/fix-sentences'

/** What the checks found, each with its row, what can be done about it, and in the reader's language. */
export async function ProblemTable({ label, check }: { label: string; check: CheckRecord }) {
  const [t, locale] = await Promise.all([getTranslator('submissions'), getLocale()])
  const rows = await Promise.all(check.problems.map(async ({ row, code, params, fix }, at) => ({ at, row, sentence: await errorSentence(code, params), fix: fix && fixSentence(fix, errorLocale(locale)) })))
  return (
    <div>
      <Table
        label={label}
        rows={rows}
        rowKey={(problem) => problem.at}
        maxHeight="320px"
        columns={[
          { key: 'row', head: t('where'), className: 'whitespace-nowrap', cell: (problem) => (problem.row === 0 ? t('fileProblem') : t('row', { row: problem.row })) },
          { key: 'problem', head: t('problem'), className: 'w-full', cell: (problem) => <>{problem.sentence}{problem.fix && <span className="text-muted"> {problem.fix}</span>}</> },
        ]}
      />
      {check.moreProblems > 0 && <p className="mt-2 mb-0 text-muted">{t('moreProblems', { count: check.moreProblems })}</p>}
    </div>
  )
}
