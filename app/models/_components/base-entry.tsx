import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { byteSize } from '@/app/_ui/byte-size'
import { CopyButton } from '@/app/_ui/copy-button'
import { Tag } from '@/app/_ui/tag'
import { AdapterEntry } from '@/app/models/_components/adapter-entry'
import { DeleteButton } from '@/app/models/_components/delete-button'
import { parameterCount } from '@/app/models/_components/parameter-count'
import { removeModel } from '@/app/models/actions'
import { isStarterFolder } from '@/lib/stages/models'
import { modelDeletion } from '@/lib/stages/models/deletion'
import type { ShelfBase } from '@/lib/stages/models/shelf'

/** A base model with its facts, and below it what was made from it. */
export async function BaseEntry({ base }: { base: ShelfBase }) {
  const [t, locale, deletion] = await Promise.all([getTranslator('models'), getLocale(), base.id && base.place === 'home' && base.what ? modelDeletion(base.id) : null])
  const isStarter = isStarterFolder(base.directory)
  return (
    <section aria-label={base.name} className="rounded-base border border-line bg-raised px-4 pt-4 pb-1">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <h2 className="m-0 text-base font-semibold [overflow-wrap:anywhere]">{base.name}</h2>
        <Tag>{t(`place.${base.place}`)}</Tag>
        {base.isDeleted ? <Tag kind="warn">{t('deletedTag')}</Tag> : !base.what && <Tag kind="bad">{t('gone')}</Tag>}
        <span className="ml-auto flex flex-wrap items-center gap-2">
          {base.bytes > 0 && <span className="mr-2 text-muted tabular-nums">{byteSize(base.bytes, locale)}</span>}
          {deletion && base.id && <DeleteButton id={base.id} deletion={deletion} action={removeModel} isStarter={isStarter} />}
        </span>
      </div>
      {isStarter && <p className="m-0 text-sm text-muted">{t('starter')}</p>}
      {base.what && <BaseFacts what={base.what} />}
      {!base.what && !base.isDeleted && base.refusal && <p className="my-2 [overflow-wrap:anywhere] text-seal">{base.refusal.sentence(errorLocale(locale))}</p>}
      {!base.what && base.adapters.length > 0 && <p className="my-2 text-sm text-muted">{t('goneWhy')}</p>}
      <p className="mt-2 mb-3 flex flex-wrap items-center gap-x-3 text-sm text-muted">
        <code className="[overflow-wrap:anywhere]">{base.directory}</code>
        <CopyButton text={base.directory} label={base.directory} />
        {base.place !== 'home' && <span>{t('elsewhereHint')}</span>}
      </p>
      {base.adapters.length > 0 ? (
        <>
          <h3 className="mt-0 mb-2 text-sm font-normal text-muted">{t('madeOf')}</h3>
          <ul className="m-0 list-none p-0">
            {base.adapters.map((adapter) => (
              <AdapterEntry key={adapter.id} adapter={adapter} canMerge={base.what !== null} />
            ))}
          </ul>
        </>
      ) : (
        <p className="mt-0 mb-3 text-sm text-muted">{t('nothingMade')}</p>
      )}
    </section>
  )
}

async function BaseFacts({ what }: { what: NonNullable<ShelfBase['what']> }) {
  const [t, { number }] = await Promise.all([getTranslator('models'), getFormatter()])
  const facts = [
    [t('family'), what.family],
    [t('parameters'), parameterCount(what.parameters)],
    [t('context'), what.context === null ? t('unknown') : t('contextOf', { count: number(what.context) })],
    [t('licence'), what.licence ?? t('licenceUnknown')],
    [t('template'), what.hasChatTemplate ? t('templateYes') : t('templateNo')],
  ] as const
  return (
    <dl className="mt-2 mb-0 flex flex-wrap gap-x-8 gap-y-2">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt className="text-xs text-muted">{label}</dt>
          <dd className="m-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
