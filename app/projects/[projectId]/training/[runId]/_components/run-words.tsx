import { getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Field } from '@/app/_ui/field'
import { TextInput, Textarea } from '@/app/_ui/inputs'
import { Panel } from '@/app/_ui/panel'
import { SubmitButton } from '@/app/_ui/submit-button'
import { runTitle } from '@/app/projects/[projectId]/training/_components/run-title'
import { TagEditor } from '@/app/projects/[projectId]/training/_components/tag-editor'
import { describeRun } from '@/app/projects/[projectId]/training/run-actions'
import { knownTags } from '@/lib/stages/training/run-words'
import type { TrainingRunWithJob } from '@/lib/stages/training/training'

/** What a person calls a run, files it under and wants remembered of it. */
export async function RunWords({ run }: { run: TrainingRunWithJob }) {
  const [t, known] = await Promise.all([getTranslator('training'), knownTags(run.projectId)])
  return (
    <Panel title={t('noteOf')}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <span className="font-semibold">{t('tags.head')}</span>
        <TagEditor projectId={run.projectId} runId={run.id} run={runTitle(t, run)} tags={run.tags} known={known} />
      </div>
      <ActionForm action={describeRun} values={{ projectId: run.projectId, runId: run.id }} label={t('noteOf')}>
        <Field name="name" label={t('nameLabel')}>
          <TextInput defaultValue={run.name} maxLength={80} autoComplete="off" />
        </Field>
        <Field name="note" label={t('noteLabel')}>
          <Textarea rows={3} defaultValue={run.note} maxLength={2000} />
        </Field>
        <div>
          <SubmitButton small>{t('noteKeep')}</SubmitButton>
        </div>
      </ActionForm>
    </Panel>
  )
}
