import { removeModelPrice } from '@/app/settings/actions'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { money } from '@/app/_ui/money'
import { PriceDialog } from '@/app/_writer/price-dialog'
import { listPrices } from '@/lib/stages/premises/prices'

/** What the models of an endpoint cost, each to be changed or taken out. */
export async function PriceList({ endpointId }: { endpointId: string }) {
  const [t, locale, prices] = await Promise.all([getTranslator('settings'), getLocale(), listPrices(endpointId)])
  if (prices.length === 0) return <span className="text-muted">{t('noPrices')}</span>
  return (
    <ul className="m-0 grid list-none gap-1 p-0 text-sm">
      {prices.map(({ model, input, output, currency }) => (
        <li key={model} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="[overflow-wrap:anywhere]">{model}</span>
          <span className="text-muted tabular-nums">
            {money(input, currency, locale)} / {money(output, currency, locale)}
          </span>
          <PriceDialog endpointId={endpointId} model={model} price={{ input, output, currency }} />
          <ConfirmDialog small triggerKind="quiet" trigger={t('delete')} triggerLabel={t('removePrice', { model })} title={t('removePrice', { model })} confirm={t('delete')} action={removeModelPrice} values={{ endpointId, model }} />
        </li>
      ))}
    </ul>
  )
}
