import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { LocalTime } from '@/app/_ui/local-time'
import { callOfPair } from '@/lib/stages/pairs/detail'
import { type PairRef, pairName } from '@/lib/stages/pairs/source'
import { versionsOfPair } from '@/lib/stages/pairs/datasets'
import { FlawTags } from '@/app/projects/[projectId]/pairs/_components/flaw-tags'

const link = 'text-ink underline decoration-line underline-offset-4 hover:decoration-current'

/** Where a pair comes from: the run, the prompt's version, each call with its tokens and time; and the versions that hold it. */
export async function PairLineage({ projectId, pair }: { projectId: string; pair: PairRef }) {
  const [t, { number }, call, versions] = await Promise.all([getTranslator('pairs'), getFormatter(), callOfPair(pair), versionsOfPair(projectId, pair)])
  return (
    <section aria-label={t('lineage')} className="border-t border-line pt-3 text-sm">
      <h2 className="mt-0 mb-2 text-sm font-semibold">{t('lineage')}</h2>
      {call && (
        <>
          <p className="m-0 flex flex-wrap gap-x-3">
            <Link href={`/projects/${projectId}/premises/${call.run.id}`} className={link}>
              {t('fromRun', { ordinal: call.run.ordinal })}
            </Link>
            <span className="text-muted">{t('promptVersion', { version: call.run.promptVersion.version })}</span>
            <span className="text-muted">{call.run.model?.name ?? call.run.endpoint?.name}</span>
          </p>
          <ol className="mt-2 mb-0 list-none p-0">
            {call.answers.map((answer) => (
              <li key={answer.attempt} className="border-t border-line py-1.5">
                <p className="m-0 flex flex-wrap items-center gap-x-3 text-muted">
                  <span>{t('attempt', { attempt: answer.attempt })}</span>
                  {answer.servedModel && <span>{answer.servedModel}</span>}
                  <span>{t('latency', { seconds: number(answer.latencyMs / 1000, { maximumFractionDigits: 2 }) })}</span>
                  {answer.promptTokens !== null && answer.completionTokens !== null && <span>{t('tokensOf', { prompt: number(answer.promptTokens), completion: number(answer.completionTokens) })}</span>}
                  <LocalTime at={answer.at.toISOString()} />
                  <FlawTags flaws={answer.flaws} />
                </p>
                <p lang="zh-CN" className="m-0 line-clamp-3 font-serif [overflow-wrap:anywhere]">
                  {answer.text}
                </p>
              </li>
            ))}
          </ol>
        </>
      )}
      {versions.length > 0 && (
        <p className="mt-2 mb-0 flex flex-wrap gap-x-3">
          <span className="text-muted">{t('inVersions')}</span>
          {versions.map((version) => (
            <Link key={version.id} href={`/projects/${projectId}/pairs/versions/${version.id}`} className={link}>
              {version.name || t('version', { ordinal: version.ordinal })}
            </Link>
          ))}
        </p>
      )}
      <p className="mt-2 mb-0 text-muted">{pairName(pair)}</p>
    </section>
  )
}
