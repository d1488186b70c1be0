import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { MeasureTable } from '@/app/_scores/measure-table'
import type { ComparedColumn } from '@/app/projects/[projectId]/submissions/compare/_components/column'
import type { FoundScoring } from '@/lib/stages/stories/scoring'

/** The submissions' scorecards on common axes; what keeps their figures from being compared is said first. */
export async function Scorecards({ columns, scorings }: { columns: readonly ComparedColumn[]; scorings: readonly (FoundScoring | null)[] }) {
  const [t, { number }] = await Promise.all([getTranslator('compare'), getFormatter()])
  const measured = columns.flatMap(({ id, name }, at) => {
    const summary = scorings[at]?.summary
    return summary ? [{ key: id, name, distributions: summary.distributions }] : []
  })
  const unmeasured = columns.filter(({ id }) => measured.every(({ key }) => key !== id))
  const targets = new Set(scorings.flatMap((scoring) => (scoring?.summary ? [scoring.target] : [])))
  const passages = new Set(scorings.flatMap((scoring) => (scoring?.summary ? [scoring.datasetVersionId] : [])))
  const warnings = [
    ...(unmeasured.length > 0 ? [t('unmeasured', { names: unmeasured.map(({ name }) => name).join('、') })] : []),
    ...(targets.size > 1 ? [t('otherTargets', { targets: [...targets].map((target) => number(target)).join(' / ') })] : []),
    ...(passages.size > 1 ? [t('otherPassages')] : []),
  ]
  return (
    <>
      {warnings.map((warning) => <p key={warning} className="mt-0 mb-2 text-sm text-gamboge-text">{warning}</p>)}
      {measured.length > 0 && <MeasureTable columns={measured} />}
    </>
  )
}
