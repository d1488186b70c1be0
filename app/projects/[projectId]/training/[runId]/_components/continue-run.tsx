import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { byteSize } from '@/app/_ui/byte-size'
import { Field } from '@/app/_ui/field'
import { NumberInput, Select } from '@/app/_ui/inputs'
import { Panel } from '@/app/_ui/panel'
import { SubmitButton } from '@/app/_ui/submit-button'
import { continueTrainingRun } from '@/app/projects/[projectId]/training/actions'
import { trainingSettings } from '@/lib/settings/training'
import { resultOf, type TrainingRunWithJob } from '@/lib/stages/training/training'

/** The checkpoints of an ended run, and the way on from any of them: further than it went, or again from there. */
export async function ContinueRun({ run }: { run: TrainingRunWithJob }) {
  const { job, checkpoints } = run
  const known = trainingSettings.safeParse(run.settings)
  const isOver = job.state === 'succeeded' || job.state === 'failed' || job.state === 'cancelled'
  if (!isOver || checkpoints.length === 0 || !known.success) return null
  const [t, { number }, locale] = await Promise.all([getTranslator('training'), getFormatter(), getLocale()])
  const { epochs, maxSteps, devices } = known.data
  const best = resultOf(run)?.best_step
  return (
    <Panel title={t('continue')}>
      <p className="mt-0 mb-3 text-sm text-muted">{t('continueWhat')}</p>
      <ActionForm action={continueTrainingRun} values={{ projectId: run.projectId, runId: run.id }} label={t('continue')}>
        <Field name="step" label={t('checkpoint')}>
          <Select defaultValue={checkpoints[0]?.step}>
            {checkpoints.map(({ step, bytes }) => (
              <option key={step} value={step}>
                {t('checkpointOption', { step: number(step), size: byteSize(Number(bytes), locale), best: step === best ? 'yes' : 'no' })}
              </option>
            ))}
          </Select>
        </Field>
        <div className="grid grid-cols-2 gap-4">
          <Field name="epochs" label={t('setting.epochs')} hint={t('inAll')}>
            <NumberInput type="text" defaultValue={String(maxSteps > 0 ? epochs : epochs * 2)} autoComplete="off" />
          </Field>
          <Field name="maxSteps" label={t('setting.maxSteps')} hint={t('inAllSteps')}>
            <NumberInput type="text" defaultValue={String(maxSteps * 2)} autoComplete="off" />
          </Field>
          <Field name="devices" label={t('setting.devices')} hint={t('otherDevices')}>
            <NumberInput type="text" defaultValue={String(devices)} autoComplete="off" />
          </Field>
        </div>
        <div>
          <SubmitButton>{t('continueRun')}</SubmitButton>
        </div>
      </ActionForm>
    </Panel>
  )
}
