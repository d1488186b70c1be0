import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { byteSize } from '@/app/_ui/byte-size'
import { Field } from '@/app/_ui/field'
import { NumberInput, Select } from '@/app/_ui/inputs'
import { Panel } from '@/app/_ui/panel'
import { SubmitButton } from '@/app/_ui/submit-button'
import { continueTrainingRun } from '@/app/projects/[projectId]/training/actions'
import { trainingSettings } from '@/lib/settings/training'
import { continuedRate, ratesAt } from '@/lib/stages/training/continued'
import { resultOf, type TrainingRunWithJob } from '@/lib/stages/training/training'

/** The checkpoints of an ended run, and the way on from any of them: further than it went, or again from there. */
export async function ContinueRun({ run }: { run: TrainingRunWithJob }) {
  const { job, checkpoints } = run
  const known = trainingSettings.safeParse(run.settings)
  const isOver = job.state === 'succeeded' || job.state === 'failed' || job.state === 'cancelled'
  if (!isOver || checkpoints.length === 0 || !known.success) return null
  const [t, { number }, locale] = await Promise.all([getTranslator('training'), getFormatter(), getLocale()])
  const { epochs, maxSteps, devices, learningRate } = known.data
  const rates = await ratesAt(run.id, checkpoints.map(({ step }) => step))
  const rate = (value: number | undefined) => (value === undefined ? '–' : value === 0 ? '0' : value.toExponential(1))
  // A run that came to its end has nothing left of its schedule; another simply goes on.
  const usual = job.state === 'succeeded' && !run.stoppedEarly ? 'anew' : 'stretched'
  const best = resultOf(run)?.best_step
  return (
    <Panel title={t('continue')}>
      <p className="mt-0 mb-3 text-sm text-muted">{t('continueWhat')}</p>
      <ActionForm action={continueTrainingRun} values={{ projectId: run.projectId, runId: run.id }} label={t('continue')}>
        <Field name="step" label={t('checkpoint')}>
          <Select defaultValue={checkpoints[0]?.step}>
            {checkpoints.map(({ step, bytes }) => (
              <option key={step} value={step}>
                {t('checkpointOption', { step: number(step), size: byteSize(Number(bytes), locale), rate: rate(rates.get(step)), best: step === best ? 'yes' : 'no' })}
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
        <fieldset className="m-0 grid gap-2.5 border-0 p-0">
          <legend className="mb-1.5 p-0 font-semibold">{t('continuedRate.title')}</legend>
          {continuedRate.options.map((each) => (
            <div key={each} className="grid grid-cols-[auto_1fr] gap-x-2">
              <input type="radio" name="rate" value={each} defaultChecked={each === usual} id={`rate-${each}`} aria-describedby={`rate-${each}-what`} className="mt-0.5 size-4" />
              <label htmlFor={`rate-${each}`}>{t(`continuedRate.${each}`)}</label>
              <p id={`rate-${each}-what`} className="col-start-2 m-0 text-sm text-muted">
                {t(`continuedRateWhat.${each}`, { peak: rate(learningRate) })}
              </p>
            </div>
          ))}
        </fieldset>
        <div>
          <SubmitButton>{t('continueRun')}</SubmitButton>
        </div>
      </ActionForm>
    </Panel>
  )
}
