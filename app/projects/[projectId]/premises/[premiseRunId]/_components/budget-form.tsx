import { changeBudget } from '@/app/projects/[projectId]/premises/[premiseRunId]/actions'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { PriceDialog } from '@/app/_writer/price-dialog'
import { ActionForm } from '@/app/_ui/action-form'
import { Field } from '@/app/_ui/field'
import { NumberInput } from '@/app/_ui/inputs'
import { money } from '@/app/_ui/money'
import { SubmitButton } from '@/app/_ui/submit-button'
import { premiseRunSettings, priceOfRun, type PremiseRunWithJob } from '@/lib/stages/premises/premises'

/** What a run may spend. Without a price there is nothing to count in: then it can be entered here. */
export async function BudgetForm({ run, spent }: { run: PremiseRunWithJob; spent: number | null }) {
  const [t, locale] = await Promise.all([getTranslator('premise-run'), getLocale()])
  const price = priceOfRun(run)
  const settings = premiseRunSettings.safeParse(run.settings)
  if (!run.endpointId || !settings.success || settings.data.writer.kind !== 'endpoint') return null
  const { model } = settings.data.writer
  if (!price) {
    return (
      <div className="grid justify-items-start gap-2">
        <p className="m-0 text-sm text-muted">{t('noPrice')}</p>
        <PriceDialog endpointId={run.endpointId} model={model} price={null} />
      </div>
    )
  }
  const waits = run.job.state === 'paused'
  return (
    <ActionForm action={changeBudget} values={{ projectId: run.projectId, premiseRunId: run.id }} label={t('budget')} className="gap-2">
      <Field name="budget" label={t('budget')} hint={spent === null ? t('budgetHint') : t('budgetSpent', { spent: money(spent, price.currency, locale) })}>
        <NumberInput key={run.budget} min={0} step="any" defaultValue={run.budget ?? ''} placeholder={t('noBudget')} unit={price.currency} />
      </Field>
      <div className="flex flex-wrap gap-2">
        <SubmitButton small>{t('setBudget')}</SubmitButton>
        {waits && (
          <SubmitButton small kind={run.job.pauseReason === 'budget' ? 'primary' : 'plain'} name="intent" value="goOn">
            {t('setAndGoOn')}
          </SubmitButton>
        )}
      </div>
    </ActionForm>
  )
}
