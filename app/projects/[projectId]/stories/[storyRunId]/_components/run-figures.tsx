import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { FactList, Facts } from '@/app/_ui/facts'
import { Histogram } from '@/app/_ui/histogram'
import { Panel } from '@/app/_ui/panel'
import { clock } from '@/lib/clock'
import { storyFlaws } from '@/lib/llm/story-flaws'
import { writingPace } from '@/lib/stages/stories/pace'
import { storyRunSettings } from '@/lib/stages/stories/run-settings'
import { storySpread } from '@/lib/stages/stories/spread'
import { storyCounts, storyEndings, type StoryRunWithJob } from '@/lib/stages/stories/stories'
import { targetOfRun } from '@/lib/stages/stories/target'

/** How a run stands: outcomes and speed. Elapsed and remaining are the progress bar's while it runs. */
export async function RunFigures({ run }: { run: StoryRunWithJob }) {
  const [t, tries, { number }, counts, pace] = await Promise.all([getTranslator('stories'), getTranslator('story-tries'), getFormatter(), storyCounts(run.id), writingPace(run.id)])
  const { job } = run
  const rows = run.previewRows.length > 0 ? run.previewRows.length : run.testFile.rowCount
  const open = rows - counts.good - counts.refused
  const settings = storyRunSettings.safeParse(run.settings)
  const width = settings.success ? settings.data.sampling.concurrency : 0
  const elapsed = job.startedAt && job.finishedAt ? job.finishedAt.getTime() - job.startedAt.getTime() : null
  return (
    <Facts
      facts={[
        { label: t('figures.written'), value: `${number(counts.good + counts.refused)} / ${number(rows)}` },
        { label: t('figures.good'), value: number(counts.good) },
        ...(counts.marked > 0 ? [{ label: t('figures.marked'), value: number(counts.marked) }] : []),
        { label: t('figures.refused'), value: number(counts.refused) },
        ...(job.state === 'running' && open > 0 ? [{ label: tries('inFlight'), value: number(Math.min(width, open)) }, { label: tries('left'), value: number(open) }] : []),
        { label: t('figures.tokensPerSecond'), value: pace.ms > 0 ? number((pace.tokens / pace.ms) * 1000, { maximumFractionDigits: 0 }) : '–' },
        { label: t('figures.tokens'), value: number(counts.completionTokens) },
        ...(elapsed === null ? [] : [{ label: t('figures.elapsed'), value: clock(elapsed) }]),
      ]}
    />
  )
}

/** How the stories ended and what the checks saw in them, counted. */
export async function RunFindings({ run }: { run: StoryRunWithJob }) {
  const target = await targetOfRun(run)
  const [t, tries, { number }, counts, finishReasons, spread] = await Promise.all([
    getTranslator('stories'), getTranslator('story-tries'), getFormatter(), storyCounts(run.id), storyEndings(run.id), storySpread(run.id, target),
  ])
  if (finishReasons.length === 0) return null
  const flawWord = (flaw: string) => {
    const name = storyFlaws.find((each) => each === flaw)
    return name ? t(`flaw.${name}`) : flaw
  }
  return (
    <Panel title={t('finishReasons')}>
      <FactList facts={finishReasons.map(({ reason, count }) => ({ label: reason === 'stop' || reason === 'length' || reason === 'unknown' ? t(`finish.${reason}`) : t('finish.other', { reason }), value: number(count) }))} />
      <h3 className="mt-4 mb-2 text-sm font-semibold">{t('flaws')}</h3>
      {counts.flaws.length === 0 ? <p className="m-0 text-sm text-muted">{t('noFlaws')}</p> : <FactList facts={counts.flaws.map(({ flaw, count }) => ({ label: flawWord(flaw), value: number(count) }))} />}
      {spread && (
        <>
          <h3 className="mt-4 mb-2 text-sm font-semibold">{tries('lengths')}</h3>
          <Histogram label={tries('lengths')} unit={tries('lengthsUnit')} bins={spread.lengths} height={56} />
          <div className="mt-3">
            <FactList
              facts={[
                { label: tries('target'), value: number(target) },
                { label: tries('middleLength'), value: number(spread.middle) },
                { label: tries('near'), value: number(spread.near) },
                { label: tries('repetition'), value: number(spread.repetition, { style: 'percent', maximumFractionDigits: 1 }) },
                { label: tries('repetitive'), value: number(spread.repetitive) },
              ]}
            />
          </div>
        </>
      )}
    </Panel>
  )
}
