import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { Facts, type Fact } from '@/app/_ui/facts'
import { money } from '@/app/_ui/money'
import { clock } from '@/lib/clock'
import type { PremiseRunFigures } from '@/lib/stages/premises/run-figures'
import type { PremiseCounts, PremiseRunWithJob } from '@/lib/stages/premises/premises'

/** How a run stands and goes: outcomes, speed, tokens and money so far, and what the rest will take at this pace. */
export async function RunFigures({ run, counts, figures }: { run: PremiseRunWithJob; counts: PremiseCounts; figures: PremiseRunFigures }) {
  const [t, { number }, locale] = await Promise.all([getTranslator('premise-run'), getFormatter(), getLocale()])
  const decided = counts.good + counts.refused + counts.failed
  const total = run.expected ?? run.passageSet.kept
  const share = (count: number) => (decided > 0 ? t('share', { share: count / decided }) : undefined)
  const isLive = run.job.state === 'running'
  const { cost, asked } = figures
  // What a decided passage has cost so far, reused answers left out: those that are missing were never asked about.
  const left = cost !== null && asked > 0 && decided > 0 && total > decided ? (cost / Math.max(1, decided - figures.reused)) * (total - decided) : null
  const took = run.job.startedAt && run.job.finishedAt ? run.job.finishedAt.getTime() - run.job.startedAt.getTime() : null
  const facts: Fact[] = [
    { label: t('decided'), value: `${number(decided)} / ${number(total)}` },
    { label: t('good'), value: number(counts.good), hint: share(counts.good) },
    { label: t('refused'), value: number(counts.refused), hint: share(counts.refused) },
    ...(counts.failed > 0 ? [{ label: t('failed'), value: number(counts.failed), hint: share(counts.failed) }] : []),
    ...(isLive ? [{ label: t('rate'), value: number(figures.decidedPerMinute, { maximumFractionDigits: figures.decidedPerMinute < 10 ? 1 : 0 }), hint: t('perMinute') }] : []),
    ...(isLive ? [{ label: t('tokensPerSecond'), value: number(figures.tokensPerSecond, { maximumFractionDigits: 0 }) }] : []),
    { label: t('tokens'), value: number(figures.promptTokens + figures.completionTokens), hint: t('tokensHint', { prompt: figures.promptTokens, completion: figures.completionTokens }) },
    ...(cost !== null && run.currency ? [{ label: t('cost'), value: money(cost, run.currency, locale), hint: left === null ? undefined : t('costLeft', { left: money(left, run.currency, locale) }) }] : []),
    ...(figures.medianLatencyMs === null ? [] : [{ label: t('latency'), value: t('seconds', { seconds: figures.medianLatencyMs / 1000 }), hint: t('latencyHint', { seconds: (figures.slowestLatencyMs ?? 0) / 1000 }) }]),
    { label: t('answers'), value: number(asked), hint: figures.reused > 0 ? t('reused', { count: figures.reused }) : undefined },
    ...(figures.score === null ? [] : [{ label: t('score'), value: number(figures.score, { maximumFractionDigits: 2 }), hint: t('graded', { count: figures.graded }) }]),
    ...(took === null ? [] : [{ label: t('took'), value: clock(took) }]),
  ]
  return <Facts facts={facts} />
}
