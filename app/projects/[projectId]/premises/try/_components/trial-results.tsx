import { FlawTags } from '@/app/projects/[projectId]/pairs/_components/flaw-tags'
import { PairPassage } from '@/app/projects/[projectId]/pairs/_components/pair-passage'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { CancelJob, RetryJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { LinkButton } from '@/app/_ui/button'
import { Tag } from '@/app/_ui/tag'
import type { PremiseTrialAnswer } from '@/lib/generated/prisma/client'
import { passagesById } from '@/lib/stages/passages/passages'
import { figuresOf, sidesOf, type TrialWithAnswers } from '@/lib/stages/premises/trials'

/** What each side said of each passage, side by side, with what the checks say, tokens and time. */
export async function TrialResults({ trial }: { trial: TrialWithAnswers }) {
  const [t, passages] = await Promise.all([getTranslator('premises'), passagesById(trial.passageIds)])
  const sides = sidesOf(trial)
  const name = t('trial', { ordinal: trial.ordinal })
  const of = (side: number, passageId: number) => trial.answers.find((answer) => answer.side === side && answer.passageId === passageId)
  const isLive = trial.job.state === 'queued' || trial.job.state === 'running'
  const columns = sides.length > 1 ? 'lg:grid-cols-3' : 'lg:grid-cols-2'
  return (
    <section aria-labelledby="trial" className="mt-8 border-t border-line pt-6">
      <h2 id="trial" className="mt-0 mb-3 flex flex-wrap items-center gap-3 text-lg font-semibold">
        {name} <JobStateTag job={trial.job} />
        <span className="ml-auto flex gap-2 text-base font-normal">
          <CancelJob job={trial.job} name={name} small />
          {trial.job.state === 'cancelled' && <RetryJob job={trial.job} name={name} small />}
        </span>
      </h2>
      <JobFailure job={trial.job} name={name} />
      <div className="mb-4">
        <JobProgress job={trial.job} />
      </div>
      <div className={`hidden gap-x-8 border-b border-line pb-3 lg:grid ${columns}`}>
        <span className="self-end text-sm text-muted">{t('passage')}</span>
        {sides.map((_, side) => (
          <SideHead key={side} trial={trial} side={side} />
        ))}
      </div>
      <ol className="m-0 list-none p-0">
        {passages.map((passage) => (
          <li key={passage.id} className={`grid gap-x-8 gap-y-4 border-b border-line py-4 ${columns}`}>
            <PairPassage projectId={trial.projectId} passage={passage} folded />
            {sides.map((side, at) => (
              <div key={at} className="grid content-start gap-2">
                <span className="text-sm text-muted lg:hidden">{sides.length > 1 ? t(at === 0 ? 'sideA' : 'sideB') : side.writerName}</span>
                <SideAnswer answer={of(at, passage.id)} isLive={isLive} />
              </div>
            ))}
          </li>
        ))}
      </ol>
      <div className="mt-4 grid gap-4 lg:hidden">
        {sides.map((_, side) => (
          <SideHead key={side} trial={trial} side={side} />
        ))}
      </div>
    </section>
  )
}

async function SideHead({ trial, side }: { trial: TrialWithAnswers; side: number }) {
  const [t, { number }] = await Promise.all([getTranslator('premises'), getFormatter()])
  const asked = sidesOf(trial)[side]
  if (!asked) return null
  const figures = figuresOf(trial.answers.filter((answer) => answer.side === side))
  const facts = [
    figures.answered > 0 && t('trialGood', { good: figures.good, answered: figures.answered }),
    figures.failed > 0 && t('trialFailed', { count: figures.failed }),
    figures.promptTokens > 0 && t('trialTokens', { prompt: figures.promptTokens, completion: figures.completionTokens }),
    figures.meanLatencyMs !== null && t('trialTime', { seconds: number(figures.meanLatencyMs / 1000, { maximumFractionDigits: 1 }) }),
  ].filter((fact) => fact !== false)
  return (
    <div className="grid content-start justify-items-start gap-1">
      <span className="font-semibold">{sidesOf(trial).length > 1 ? t(side === 0 ? 'sideA' : 'sideB') : t('oneSide')}</span>
      <span className="text-sm [overflow-wrap:anywhere]">
        {[asked.promptVersion === null ? t('theDraft') : t('version', { version: asked.promptVersion }), asked.writerName, asked.sampling.style, `${t('sampling.temperature')} ${number(asked.sampling.temperature)}`].join(' · ')}
      </span>
      <span className="text-sm text-muted">{facts.join(' · ')}</span>
      <LinkButton small href={`/projects/${trial.projectId}/premises?trial=${trial.ordinal}&side=${side}#order`}>
        {t('useWords')}
      </LinkButton>
    </div>
  )
}

async function SideAnswer({ answer, isLive }: { answer: PremiseTrialAnswer | undefined; isLive: boolean }) {
  const [t, { number }] = await Promise.all([getTranslator('premises'), getFormatter()])
  if (!answer) return <p className="m-0 text-muted">{isLive ? t('trialWaits') : t('trialNone')}</p>
  if (answer.errorCode !== null) return <p className="m-0 text-seal">{await errorSentence(answer.errorCode, answer.errorParams)}</p>
  const words = [
    t('characters', { count: [...answer.text].length }),
    answer.completionTokens !== null && t('trialTokens', { prompt: answer.promptTokens ?? 0, completion: answer.completionTokens }),
    t('trialTime', { seconds: number(answer.latencyMs / 1000, { maximumFractionDigits: 1 }) }),
  ].filter((word) => word !== false)
  return (
    <>
      <p className="m-0 flex flex-wrap items-center gap-2">
        {answer.flaws.length === 0 ? <Tag kind="ok">{t('filters.good')}</Tag> : <FlawTags flaws={answer.flaws} />}
        {answer.style !== 'sentence' && <Tag>{t(`style.${answer.style}`)}</Tag>}
      </p>
      <p lang="zh-CN" className="m-0 font-serif text-[16px] leading-[1.7] whitespace-pre-wrap [overflow-wrap:anywhere]">
        {answer.text || <span className="font-sans text-base text-muted">{t('flaw.empty')}</span>}
      </p>
      <p className="m-0 text-sm text-muted">{words.join(' · ')}</p>
    </>
  )
}
