import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { ActionForm } from '@/app/_ui/action-form'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { CopyButton } from '@/app/_ui/copy-button'
import { Panel } from '@/app/_ui/panel'
import { SubmitButton } from '@/app/_ui/submit-button'
import { Tag } from '@/app/_ui/tag'
import { endServing, renew, serve } from '@/app/engine/actions'
import { ServedKey } from '@/app/engine/_components/served-key'
import { ServingLoad } from '@/app/engine/_components/serving-load'
import { figuresOf, type ServingEntry as Entry } from '@/lib/stages/engine/servings'

/** A model that is or was served: on and off, where, under which names, its key, how to call it and what it has been asked. */
export async function ServingEntry({ serving, device }: { serving: Entry; device: string }) {
  const t = await getTranslator('engine')
  const { job, model } = serving
  const isOn = job.state === 'running' || job.state === 'queued' || job.state === 'paused'
  const address = serving.host && serving.port ? `http://${serving.host}:${serving.port}/v1` : null
  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="[overflow-wrap:anywhere]">{model.name}</span>
          <Standing job={job} />
        </span>
      }
      aside={
        isOn ? (
          <ConfirmDialog small triggerKind="plain" trigger={t('off')} triggerLabel={t('offOf', { name: model.name })} title={t('offOf', { name: model.name })} confirm={t('off')} action={endServing} values={{ servingId: serving.id }}>
            <p className="m-0">{t('offWhat')}</p>
          </ConfirmDialog>
        ) : (
          <Again serving={serving} />
        )
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <JobFailure job={job} name={model.name} />
        {job.state === 'queued' && <JobProgress job={job} />}
        <ServingLoad initial={figuresOf(serving)} device={device} />
        {address && (
          <dl className="m-0 grid grid-cols-[minmax(0,1fr)] items-center gap-x-4 gap-y-1 md:grid-cols-[8em_minmax(0,1fr)]">
            <Row label={t('address')}>
              <code className="[overflow-wrap:anywhere]">{address}</code> <CopyButton text={address} label={t('address')} />
            </Row>
            <Row label={t('names')}>
              {serving.servedNames.map((name) => (
                <span key={name} className="mr-3 inline-flex items-center gap-1">
                  <code>{name}</code> <CopyButton text={name} label={name} />
                </span>
              ))}
            </Row>
            <Row label={t('key')}>
              <ServedKey servingId={serving.id} />
              <ConfirmDialog small triggerKind="quiet" trigger={t('renew')} title={t('renewTitle')} confirm={t('renew')} action={renew} values={{ servingId: serving.id }}>
                <p className="m-0">{t('renewWhat')}</p>
              </ConfirmDialog>
            </Row>
          </dl>
        )}
        {address && job.state === 'running' && job.phase === 'serving' && <Example address={address} name={serving.servedNames[0] ?? model.name} />}
      </div>
    </Panel>
  )
}

/** A model that was turned off did not fail, as a job that was cancelled might have. */
async function Standing({ job }: { job: Entry['job'] }) {
  const t = await getTranslator('engine')
  if (job.state === 'running' && job.phase === 'serving' && job.stopRequest === 'none') return <Tag kind="ok">{t('isOn')}</Tag>
  if (job.state === 'cancelled') return <Tag>{t('isOff')}</Tag>
  if (job.state === 'running' && job.stopRequest === 'none') return <Tag>{t('state.starting')}</Tag>
  return <JobStateTag job={job} />
}

async function Again({ serving }: { serving: Entry }) {
  const t = await getTranslator('engine')
  const { modelId, adapterIds, context, model } = serving
  return (
    <ActionForm action={serve} values={{ modelId, context }} label={t('onOf', { name: model.name })}>
      {adapterIds.map((id) => (
        <input key={id} type="hidden" name="adapterIds" value={id} />
      ))}
      <SubmitButton small label={t('onOf', { name: model.name })}>
        {t('on')}
      </SubmitButton>
    </ActionForm>
  )
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="m-0 flex flex-wrap items-center gap-2">{children}</dd>
    </>
  )
}

async function Example({ address, name }: { address: string; name: string }) {
  const [t, locale] = await Promise.all([getTranslator('engine'), getLocale()])
  const premise = errorLocale(locale) === 'zh' ? '雪夜，茶馆里来了一位旧友。' : 'On a night of snow an old friend comes to the teahouse.'
  const body = JSON.stringify({ model: name, messages: [{ role: 'user', content: premise }], max_tokens: 512, stream: true })
  // A quote inside the body would end the shell's own.
  const curl = `curl ${address}/chat/completions \\\n  -H "Authorization: Bearer $MOLIAN_SERVED_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d '${body.replaceAll("'", String.raw`'\''`)}'`
  return (
    <div>
      <div className="mb-1 flex items-center gap-2">
        <h3 className="m-0 text-sm font-semibold">{t('example')}</h3>
        <CopyButton text={curl} label={t('example')} />
      </div>
      <pre tabIndex={0} aria-label={t('example')} className="m-0 overflow-x-auto rounded-base bg-wash px-3 py-2 font-mono text-xs leading-5">
        {curl}
      </pre>
    </div>
  )
}
