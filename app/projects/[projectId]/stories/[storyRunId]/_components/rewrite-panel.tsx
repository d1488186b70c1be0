import { CancelJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Checkbox } from '@/app/_ui/checkbox'
import { Field } from '@/app/_ui/field'
import { NumberInput } from '@/app/_ui/inputs'
import { Panel } from '@/app/_ui/panel'
import { SubmitButton } from '@/app/_ui/submit-button'
import { rewriteFlagged } from '@/app/projects/[projectId]/stories/[storyRunId]/actions'
import { PauseWriting } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/pause-writing'
import { storyFlaws } from '@/lib/llm/story-flaws'
import { hintOf } from '@/lib/settings/hint'
import { rewriteRule } from '@/lib/settings/rewrites'
import { latestRewrite, rewriteResult } from '@/lib/stages/stories/rewrites'
import { storyCounts, type StoryRunWithJob } from '@/lib/stages/stories/stories'

/** What is asked for again most often. */
const usuallyTicked: readonly string[] = ['empty', 'too-short', 'cut-off', 'looped', 'echo']

/** The rule by which stories of a finished run are asked for again, how that goes, and what the last time came to. */
export async function RewritePanel({ run }: { run: StoryRunWithJob }) {
  const [t, stories, { number }, locale, counts, latest] = await Promise.all([
    getTranslator('story-tries'), getTranslator('stories'), getFormatter(), getLocale(), storyCounts(run.id), latestRewrite(run.id),
  ])
  const job = latest?.job
  const isOpen = job && (job.state === 'queued' || job.state === 'running' || job.state === 'paused')
  const result = job ? rewriteResult(job) : null
  const found = new Map(counts.flaws.map(({ flaw, count }) => [flaw, count]))
  const { projectId, id: storyRunId } = run
  return (
    <Panel title={t('rewrite')}>
      {job && <JobFailure job={job} name={t('rewriteName')} />}
      {isOpen && (
        <div className="grid gap-3">
          <JobProgress job={job} label={t('rewriteRunning')} />
          <div className="flex gap-2">
            <PauseWriting projectId={projectId} job={job} small />
            <CancelJob job={job} name={t('rewriteName')} small />
          </div>
        </div>
      )}
      {result && <p className="mt-0 mb-3 text-sm">{t('rewriteDone', { rows: result.total, tries: result.tries })}</p>}
      {!isOpen && (
        <ActionForm action={rewriteFlagged} values={{ projectId, storyRunId }} label={t('rewrite')}>
          <p className="m-0 text-sm text-muted">{t('rewriteWhat')}</p>
          <fieldset className="m-0 grid gap-1.5 border-0 p-0">
            <legend className="mb-1 p-0 font-semibold">{t('which')}</legend>
            {storyFlaws.map((flaw) => (
              <Checkbox key={flaw} name="flaws" value={flaw} defaultChecked={usuallyTicked.includes(flaw)} label={<>{stories(`flaw.${flaw}`)} <span className="text-muted">{number(found.get(flaw) ?? 0)}</span></>} />
            ))}
            <Checkbox name="flaws" value="off-premise" label={t('offPremise')} />
          </fieldset>
          <Field name="adherencePercent" label={t('adherence')} hint={t('adherenceHint')}>
            <NumberInput type="text" autoComplete="off" defaultValue={50} unit="%" />
          </Field>
          <Field name="tries" label={t('tries')} hint={hintOf(rewriteRule.shape.tries)?.[errorLocale(locale)]}>
            <NumberInput type="text" autoComplete="off" defaultValue={3} />
          </Field>
          <Checkbox name="continueCutOff" defaultChecked label={t('continueCutOff')} hint={t('continueHint')} />
          <div>
            <SubmitButton>{t('rewriteStart')}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Panel>
  )
}
