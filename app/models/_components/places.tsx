import { existsSync } from 'node:fs'
import { getTranslator } from '@/app/_i18n/server'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Panel } from '@/app/_ui/panel'
import { AddFolder } from '@/app/models/_components/add-folder'
import { HubDialog } from '@/app/models/_components/hub-dialog'
import { removeFolder } from '@/app/models/actions'
import { listHubs } from '@/lib/models/hub/access'
import { hubFacts } from '@/lib/models/hub/hubs'
import { type SearchPlace, searchPlaces } from '@/lib/models/search-places'
import type { ShelfBase } from '@/lib/stages/models/shelf'

const row = 'flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2.5 first:border-t-0'

/** The folders that are looked into, and the hubs that models come from. */
export async function Places({ bases }: { bases: readonly ShelfBase[] }) {
  const [t, places, hubs] = await Promise.all([getTranslator('models'), searchPlaces(), listHubs()])
  const shown = places.filter((place) => place.kind !== 'home')
  const count = (place: SearchPlace) => bases.filter((base) => base.directory.startsWith(`${place.path}/`) || base.directory === place.path).length
  return (
    <div className="mt-8 grid items-start gap-6 lg:grid-cols-2">
      <Panel title={t('places')} aside={<AddFolder />}>
        <p className="mt-0 mb-2 text-sm text-muted">{t('placesWhat')}</p>
        <ul className="m-0 list-none p-0">
          {shown.map((place) => (
            <li key={`${place.kind} ${place.path}`} className={row}>
              <code className="min-w-0 [overflow-wrap:anywhere]">{place.path}</code>
              <span className="text-sm text-muted">
                {t(`place.${place.kind}`)} · {existsSync(place.path) ? t('modelsThere', { count: count(place) }) : t('nothingThere')}
              </span>
              {place.id !== null && (
                <span className="ml-auto">
                  <ConfirmDialog small triggerKind="plain" trigger={t('remove')} triggerLabel={t('removeOf', { path: place.path })} title={t('removeOf', { path: place.path })} confirm={t('remove')} action={removeFolder} values={{ id: place.id }}>
                    <p className="m-0">{t('removeWhat')}</p>
                  </ConfirmDialog>
                </span>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('hubs')}>
        <ul className="m-0 list-none p-0">
          {hubs.map((hub) => (
            <li key={hub.hub} className={row}>
              <span className="font-semibold">{hubFacts[hub.hub].name}</span>
              <code className="min-w-0 [overflow-wrap:anywhere]">{hub.baseUrl}</code>
              <span className="text-sm text-muted">
                {t('hubToken')}: {hub.hasToken ? (hub.tokenLastFour === null ? t('tokenHidden') : `…${hub.tokenLastFour}`) : t('tokenNone')}
              </span>
              <span className="ml-auto">
                <HubDialog value={{ ...hub, name: hubFacts[hub.hub].name }} />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}
