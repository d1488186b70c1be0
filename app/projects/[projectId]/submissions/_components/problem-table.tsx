import { errorSentence } from '@/app/_i18n/error-sentence'
import { getTranslator } from '@/app/_i18n/server'
import { Table } from '@/app/_ui/table'
import type { CheckRecord } from '@/lib/stages/submissions/submissions'

/** What the checks found, each with its row and in the reader's language. */
export async function ProblemTable({ label, check }: { label: string; check: CheckRecord }) {
  const t = await getTranslator('submissions')
  const rows = await Promise.all(check.problems.map(async (problem, at) => ({ at, row: problem.row, sentence: await errorSentence(problem.code, problem.params) })))
  return (
    <div>
      <Table
        label={label}
        rows={rows}
        rowKey={(problem) => problem.at}
        maxHeight="320px"
        columns={[
          { key: 'row', head: t('where'), className: 'whitespace-nowrap', cell: (problem) => (problem.row === 0 ? t('fileProblem') : t('row', { row: problem.row })) },
          { key: 'problem', head: t('problem'), className: 'w-full', cell: (problem) => problem.sentence },
        ]}
      />
      {check.moreProblems > 0 && <p className="mt-2 mb-0 text-muted">{t('moreProblems', { count: check.moreProblems })}</p>}
    </div>
  )
}
