import { CircleStop } from 'lucide-react'
import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { FactList } from '@/app/_ui/facts'
import { Link } from '@/app/_ui/link'
import { LocalTime } from '@/app/_ui/local-time'
import { Panel } from '@/app/_ui/panel'
import { SubmitButton } from '@/app/_ui/submit-button'
import { Tag, type TagKind } from '@/app/_ui/tag'
import { stopEngine } from '@/app/engine/actions'
import { EngineLog } from '@/app/engine/_components/engine-log'
import { LiveLoad } from '@/app/engine/_components/live-load'
import { jobHref } from '@/app/jobs/_job-link'
import { isErrorCode, sentenceOf } from '@/lib/errors'
import { jobNameSchema } from '@/lib/queue/jobs'
import type { EngineEntry } from '@/lib/stages/engine/engines'
import { type JobWithProject, subjectOf } from '@/lib/stages/jobs'
import { z } from 'zod'

const kinds: Record<EngineEntry['shown'], TagKind> = { starting: 'plain', ready: 'ok', stopping: 'plain', stopped: 'plain', failed: 'bad', lost: 'warn' }
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]))

/** One device's engine: what it serves, what it carries, who uses it, and its log. */
export async function EnginePanel({ engine }: { engine: EngineEntry }) {
  const [t, { number }] = await Promise.all([getTranslator('engine'), getFormatter()])
  const isUp = engine.shown === 'ready' || engine.shown === 'starting'
  const isIdle = engine.shown === 'ready' && engine.users.length === 0
  return (
    <Panel
      className="mb-4"
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="[overflow-wrap:anywhere]">{engine.servedName}</span>
          <Tag kind={kinds[engine.shown]}>{t(`state.${engine.shown}`)}</Tag>
        </span>
      }
      aside={
        isIdle && (
          <ActionForm action={stopEngine} values={{ device: engine.device }} label={t('stopOf', { name: engine.servedName })}>
            <SubmitButton small>
              <CircleStop size={14} aria-hidden />
              {t('stop')}
            </SubmitButton>
          </ActionForm>
        )
      }
    >
      <Standing engine={engine} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-5 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
          {isUp && <LiveLoad initial={figuresOf(engine)} />}
          {isUp && <Users users={engine.users} />}
          <EngineLog runId={engine.runId} device={engine.device} running={isUp} />
        </div>
        <div>
          <FactList
            facts={[
              { label: t('device'), value: engine.device },
              { label: t('context'), value: t('tokens', { count: engine.context }) },
              { label: t('adapters'), value: engine.adapterRank === 0 ? t('noAdapters') : engine.adapters.length === 0 ? t('adapterRoom', { rank: engine.adapterRank }) : engine.adapters.join(', ') },
              ...(engine.tensorParallel * engine.dataParallel > 1 ? [{ label: t('parallel'), value: t('parallelSizes', { tensor: engine.tensorParallel, data: engine.dataParallel }) }] : []),
              { label: t('startedAt'), value: <LocalTime at={engine.startedAt.toISOString()} /> },
              ...(engine.readyAt ? [{ label: t('startTook'), value: t('seconds', { seconds: number((engine.readyAt.getTime() - engine.startedAt.getTime()) / 1000, { maximumFractionDigits: 0 }) }) }] : []),
              ...(engine.endedAt ? [{ label: t('endedAt'), value: <LocalTime at={engine.endedAt.toISOString()} /> }] : []),
              { label: t('weights'), value: <code title={engine.sha256}>{engine.sha256.slice(0, 12)}</code> },
            ]}
          />
        </div>
      </div>
    </Panel>
  )
}

/** What a person should know now: until when it stays, or why it ended. */
async function Standing({ engine }: { engine: EngineEntry }) {
  const [t, locale] = await Promise.all([getTranslator('engine'), getLocale()])
  if (engine.shown === 'failed') {
    const params = paramsSchema.safeParse(engine.errorParams)
    const { errorCode } = engine
    const sentence = errorCode && isErrorCode(errorCode) ? sentenceOf(errorCode, params.success ? params.data : {}, errorLocale(locale)) : engine.errorText
    return (
      <p className="mt-0 mb-4 max-w-[60em] [overflow-wrap:anywhere] text-seal">
        {sentence} {engine.deaths > 0 && t('deaths', { count: engine.deaths })}
      </p>
    )
  }
  if (engine.shown === 'lost') return <p className="mt-0 mb-4 text-gamboge-text">{t('lost')}</p>
  if (engine.shown === 'stopped') return <p className="mt-0 mb-4 text-muted">{t('stoppedWhat')}</p>
  if (engine.shown === 'ready' && engine.users.length === 0 && engine.idleUntil) {
    return <p className="mt-0 mb-4 text-muted">{t.rich('idleUntil', { time: () => <LocalTime at={engine.idleUntil?.toISOString() ?? ''} only="time" /> })}</p>
  }
  return null
}

async function Users({ users }: { users: readonly JobWithProject[] }) {
  const [t, frame, { number }] = await Promise.all([getTranslator('engine'), getTranslator('frame'), getFormatter()])
  if (users.length === 0) return null
  const nameOf = (job: JobWithProject) => {
    const known = jobNameSchema.safeParse(job.name)
    const subject = subjectOf(job)
    return [known.success ? frame(`job.${known.data}`) : job.name, ...(subject === null ? [] : [typeof subject === 'number' ? number(subject) : subject])].join(' · ')
  }
  return (
    <section aria-label={t('users')}>
      <h3 className="mt-0 mb-1 text-sm font-semibold">{t('users')}</h3>
      <ul className="m-0 list-none p-0">
        {users.map((job) => {
          const href = jobHref(job)
          return (
            <li key={job.id} className="flex flex-wrap gap-x-3">
              {href ? <Link href={href}>{nameOf(job)}</Link> : nameOf(job)}
              {job.project && <span className="text-muted">{job.project.name}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function figuresOf({ device, requestsRunning, requestsWaiting, cacheUse, promptRate, answerRate }: EngineEntry) {
  return { device, requestsRunning, requestsWaiting, cacheUse, promptRate, answerRate }
}
