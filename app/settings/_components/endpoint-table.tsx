import { getTranslator } from '@/app/_i18n/server'
import { jsonReason } from '@/app/_writer/json-reason'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Table } from '@/app/_ui/table'
import { EditEndpoint } from '@/app/settings/_components/edit-endpoint'
import { PriceList } from '@/app/settings/_components/price-list'
import { TestEndpoint } from '@/app/settings/_components/test-endpoint'
import { removeEndpoint } from '@/app/settings/actions'
import { listEndpoints } from '@/lib/llm/endpoints'

/** The endpoints that are known; of a key only its end is shown. */
export async function EndpointTable() {
  const [t, endpoints] = await Promise.all([getTranslator('settings'), listEndpoints()])
  const reasons = new Map(await Promise.all(endpoints.map(async (endpoint) => [endpoint.id, await jsonReason(endpoint.jsonSchemaReason)] as const)))
  if (endpoints.length === 0) return <p className="m-0 text-muted">{t('noEndpoints')}</p>
  return (
    <Table
      label={t('endpoints')}
      rows={endpoints}
      rowKey={(endpoint) => endpoint.id}
      columns={[
        { key: 'name', head: t('name'), cell: (endpoint) => <span className="inline-block min-w-28 font-semibold [overflow-wrap:anywhere]">{endpoint.name}</span> },
        { key: 'url', head: t('baseUrl'), cell: ({ baseUrl, otherUrls }) => [baseUrl, ...otherUrls].map((url) => <code key={url} className="block min-w-52 text-sm [overflow-wrap:anywhere]">{url}</code>) },
        { key: 'style', head: t('style'), cell: (endpoint) => t(`styles.${endpoint.style}`) },
        { key: 'key', head: t('key'), className: 'whitespace-nowrap', cell: (endpoint) => (endpoint.keyLastFour ? <code className="text-sm">…{endpoint.keyLastFour}</code> : <span className="text-muted">{t('keyHidden')}</span>) },
        { key: 'json', head: t('json'), cell: (endpoint) => (endpoint.takesJsonSchema === null ? <span className="text-muted">{t('untried')}</span> : <span title={reasons.get(endpoint.id) ?? undefined}>{endpoint.takesJsonSchema ? t('taken') : t('notTaken')}</span>) },
        { key: 'prices', head: t('prices'), cell: (endpoint) => <PriceList endpointId={endpoint.id} /> },
        {
          key: 'do',
          head: <span className="sr-only">{t('actions')}</span>,
          className: 'whitespace-nowrap text-right',
          cell: (endpoint) => (
            <span className="inline-flex gap-2">
              <TestEndpoint endpoint={{ id: endpoint.id, name: endpoint.name }} />
              <EditEndpoint id={endpoint.id} value={{ ...endpoint, hasKey: endpoint.hasKey }} />
              <ConfirmDialog small trigger={t('delete')} triggerLabel={t('deleteOf', { name: endpoint.name })} title={t('deleteOf', { name: endpoint.name })} confirm={t('delete')} action={removeEndpoint} values={{ endpointId: endpoint.id }}>
                <p className="m-0">{t('deleteWhat')}</p>
              </ConfirmDialog>
            </span>
          ),
        },
      ]}
    />
  )
}
