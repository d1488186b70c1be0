import { nameColumn, startedColumn, stateColumn } from '@/app/_jobs/run-columns'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { money } from '@/app/_ui/money'
import { Table } from '@/app/_ui/table'
import { costsOfRuns } from '@/lib/stages/premises/run-figures'
import { premiseRunSettings, type PremiseRunWithJob } from '@/lib/stages/premises/premises'

/** The runs of a project, the newest first, each leading to its page. */
export async function RunList({ projectId, runs }: { projectId: string; runs: readonly PremiseRunWithJob[] }) {
  const [t, { number }, locale, costs] = await Promise.all([getTranslator('premise-run'), getFormatter(), getLocale(), costsOfRuns(projectId)])
  const title = (run: PremiseRunWithJob) => t('title', { ordinal: run.ordinal })
  const model = (run: PremiseRunWithJob) => {
    const settings = premiseRunSettings.safeParse(run.settings)
    return settings.success && settings.data.writer.kind === 'endpoint' ? settings.data.writer.model : (run.model?.name ?? '–')
  }
  const cost = (run: PremiseRunWithJob) => {
    const spent = costs.get(run.id)?.cost ?? null
    return spent === null || run.currency === null ? '–' : money(spent, run.currency, locale)
  }
  return (
    <Table
      label={t('allRuns')}
      rows={runs}
      rowKey={(run) => run.id}
      maxHeight="360px"
      columns={[
        nameColumn(t('run'), `/projects/${projectId}/premises`, title),
        stateColumn(t('state'), title),
        { key: 'good', head: t('good'), number: true, cell: (run) => `${number(costs.get(run.id)?.good ?? 0)} / ${number(run.expected ?? run.passageSet.kept)}` },
        { key: 'model', head: t('model'), cell: (run) => <span className="block min-w-[10em] [overflow-wrap:anywhere]">{model(run)}</span> },
        { key: 'prompt', head: t('prompt'), className: 'whitespace-nowrap', cell: (run) => t('version', { version: run.promptVersion.version }) },
        { key: 'cost', head: t('cost'), number: true, cell: cost },
        startedColumn(t('started')),
      ]}
    />
  )
}
