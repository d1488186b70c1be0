import type { Tx } from '@/lib/db'
import { announce } from '@/lib/events'
import type { MolianError } from '@/lib/errors'
import { askerFor, type Asker, type Server } from '@/lib/llm/ask'
import { limitsOf, serversOf } from '@/lib/llm/endpoints'
import { limiterOf } from '@/lib/llm/limiter/shared'
import { spreadOver, type SpreadNews } from '@/lib/llm/servers/spread'
import { log } from '@/lib/log'
import type { Attempt } from '@/lib/queue/attempt'

const endpointDeadlineMs = 600_000
/** How often a call that an endpoint broke off is made again. */
const endpointRetries = 5

/**
 * Runs `work` with a way to ask an endpoint: its one address, or its several as one. Which of several is away stands in the job's
 * log and, while it is asked, in the job's own rows: what another run found of the same endpoint may be of another model.
 * @param known the name under which the run's earlier answers came
 */
export async function withEndpoint<T>(endpointId: string, model: string, known: string | null, attempt: Attempt, work: (ask: Asker, first: Server) => Promise<T>): Promise<T> {
  const [servers, limits] = await Promise.all([serversOf(endpointId, model), limitsOf(endpointId)])
  const limiter = (baseUrl: string) => limiterOf(endpointId, baseUrl, limits)
  const [first, ...others] = servers
  const patience = { timeoutMs: endpointDeadlineMs, retries: endpointRetries }
  if (others.length === 0) return work(askerFor(first, { ...patience, limiter: limiter(first.baseUrl) }), first)
  const watch = awayRows(endpointId, attempt)
  const spread = spreadOver(servers, { ...patience, limiterOf: limiter }, watch.news, known)
  try {
    return await work(spread.ask, first)
  } finally {
    spread.close()
    await watch.end()
  }
}

/** Keeps what is told of a list of servers, one write after the other; a run does not fail by it. Nobody knows more once it is over. */
function awayRows(endpointId: string, attempt: Attempt): { news: SpreadNews; end: () => Promise<void> } {
  const { jobId, projectId } = attempt
  let last: Promise<void> = Promise.resolve()
  const after = (write: (tx: Tx) => Promise<unknown>) => {
    const kept = async (tx: Tx) => {
      await write(tx)
      await announce(tx, { project: projectId, topic: 'job', id: jobId })
    }
    last = last.then(() => attempt.write(kept)).catch(warn)
  }
  const forget = () => after((tx) => tx.endpointAway.deleteMany({ where: { jobId } }))
  // Of an attempt before that was cut off.
  forget()
  // A server is looked for again and again: only what is new of it stands in the log.
  const told = new Map<string, string>()
  return {
    news: {
      away(url, error) {
        if (told.get(url) === error.message) return
        told.set(url, error.message)
        attempt.log('endpoint', `away: ${error.message}`)
        after((tx) => tx.endpointAway.upsert({ where: { jobId_url: { jobId, url } }, create: { jobId, endpointId, url, ...columnsOf(error) }, update: columnsOf(error) }))
      },
      back(url) {
        told.delete(url)
        attempt.log('endpoint', `back: ${url}`)
        after((tx) => tx.endpointAway.deleteMany({ where: { jobId, url } }))
      },
    },
    end() {
      forget()
      return last
    },
  }
}

function columnsOf({ code, params }: MolianError): { errorCode: string; errorParams: Record<string, string | number> } {
  return { errorCode: code, errorParams: params }
}

function warn(error: unknown): void {
  log.warn({ err: error }, 'which of an endpoint’s addresses is away could not be kept')
}
