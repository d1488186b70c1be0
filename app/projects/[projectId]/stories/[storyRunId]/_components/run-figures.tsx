import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { FactList, Facts } from '@/app/_ui/facts'
import { Panel } from '@/app/_ui/panel'
import { clock } from '@/lib/clock'
import { storyFlaws } from '@/lib/llm/story-flaws'
import { storyCounts, storyEndings, type StoryRunWithJob } from '@/lib/stages/stories/stories'

/** How a run stands: outcomes and speed. Elapsed and remaining are the progress bar's while it runs. */
export async function RunFigures({ run }: { run: StoryRunWithJob }) {
  const [t, { number }, counts, { writingMs }] = await Promise.all([getTranslator('stories'), getFormatter(), storyCounts(run.id), storyEndings(run.id)])
  const { job } = run
  const elapsed = job.startedAt && job.finishedAt ? job.finishedAt.getTime() - job.startedAt.getTime() : null
  return (
    <Facts
      facts={[
        { label: t('figures.written'), value: `${number(counts.good + counts.refused)} / ${number(run.testFile.rowCount)}` },
        { label: t('figures.good'), value: number(counts.good) },
        ...(counts.marked > 0 ? [{ label: t('figures.marked'), value: number(counts.marked) }] : []),
        { label: t('figures.refused'), value: number(counts.refused) },
        { label: t('figures.tokensPerSecond'), value: writingMs > 0 ? number((counts.completionTokens / writingMs) * 1000, { maximumFractionDigits: 0 }) : '–' },
        { label: t('figures.tokens'), value: number(counts.completionTokens) },
        ...(elapsed === null ? [] : [{ label: t('figures.elapsed'), value: clock(elapsed) }]),
      ]}
    />
  )
}

/** How the stories ended and what the checks saw in them, counted. */
export async function RunFindings({ run }: { run: StoryRunWithJob }) {
  const [t, { number }, counts, { finishReasons }] = await Promise.all([getTranslator('stories'), getFormatter(), storyCounts(run.id), storyEndings(run.id)])
  if (finishReasons.length === 0) return null
  const flawWord = (flaw: string) => {
    const name = storyFlaws.find((each) => each === flaw)
    return name ? t(`flaw.${name}`) : flaw
  }
  return (
    <Panel title={t('finishReasons')}>
      <FactList facts={finishReasons.map(({ reason, count }) => ({ label: reason === 'stop' || reason === 'length' ? t(`finish.${reason}`) : t('finish.other', { reason }), value: number(count) }))} />
      <h3 className="mt-4 mb-2 text-sm font-semibold">{t('flaws')}</h3>
      {counts.flaws.length === 0 ? <p className="m-0 text-sm text-muted">{t('noFlaws')}</p> : <FactList facts={counts.flaws.map(({ flaw, count }) => ({ label: flawWord(flaw), value: number(count) }))} />}
    </Panel>
  )
}
