import { nameColumn, startedColumn, stateColumn } from '@/app/_jobs/run-columns'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Table } from '@/app/_ui/table'
import { Tag } from '@/app/_ui/tag'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { isEmptyFile, type StoryRunWithJob } from '@/lib/stages/stories/stories'

/** The story runs of a project, newest first. */
export async function StoryRunTable({ projectId, runs }: { projectId: string; runs: readonly StoryRunWithJob[] }) {
  const [t, tries, prompts, { number }] = await Promise.all([getTranslator('stories'), getTranslator('story-tries'), getTranslator('prompts'), getFormatter()])
  const name = (run: StoryRunWithJob) => (run.previewRows.length > 0 ? `${t('run', { ordinal: run.ordinal })} · ${tries('previewTag')}` : t('run', { ordinal: run.ordinal }))
  const state = stateColumn(t('stateHead'), name)
  return (
    <Table
      label={t('runs')}
      rows={runs}
      rowKey={(run) => run.id}
      columns={[
        nameColumn(t('runHead'), `/projects/${projectId}/stories`, name),
        { ...state, cell: (run) => (isEmptyFile(run) ? <Tag kind="bad">{tries('emptyFile')}</Tag> : state.cell(run)) },
        { key: 'writer', head: t('writer'), className: 'min-w-32', cell: (run) => <span className="[overflow-wrap:anywhere]">{writerName(run)}</span> },
        { key: 'test', head: t('testFile'), className: 'min-w-32', cell: (run) => <span className="[overflow-wrap:anywhere]">{run.testFile.upload.fileName}</span> },
        { key: 'written', head: t('figures.written'), number: true, cell: (run) => `${number(run.job.progressDone)} / ${number(run.previewRows.length > 0 ? run.previewRows.length : run.testFile.rowCount)}` },
        { key: 'prompt', head: prompts('label'), cell: (run) => run.promptVersion ? prompts('version', { version: run.promptVersion.version }) : '–' },
        startedColumn(t('startedHead')),
      ]}
    />
  )
}
