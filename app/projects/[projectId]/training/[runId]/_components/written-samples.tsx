'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { Checkbox } from '@/app/_ui/checkbox'
import { Panel } from '@/app/_ui/panel'
import { ReadFailed } from '@/app/_ui/read-failed'
import { useUrlState } from '@/app/_ui/use-url-state'
import { SampleText } from '@/app/projects/[projectId]/training/[runId]/_components/sample-text'
import { StepSlider } from '@/app/projects/[projectId]/training/[runId]/_components/step-slider'
import { type SamplePlaces, useSamplePlaces, useWritten } from '@/app/projects/[projectId]/training/[runId]/_components/use-samples'
import { differenceOf } from '@/lib/text/differences'

/** What the model wrote along the way to one of the run's premises: a step beside the passage itself, or beside another step. */
export function WrittenSamples({ runId, running }: { runId: string; running: boolean }) {
  const t = useTranslations('training')
  const { places, reading } = useSamplePlaces(runId)
  if (places?.premises.length === 0) return null
  return (
    <Panel title={t('samples.title')}>
      <ReadFailed read={reading} />
      {places === null && reading.isFailed ? null : places === null || places.steps.length === 0 ? (
        <p className="m-0 grid min-h-[240px] place-items-center text-muted">{places === null ? t('samples.reading') : running ? t('samples.notYet') : t('samples.none')}</p>
      ) : (
        <SamplesSideBySide runId={runId} places={places} />
      )}
    </Panel>
  )
}

function SamplesSideBySide({ runId, places }: { runId: string; places: SamplePlaces }) {
  const t = useTranslations('training')
  const format = useFormatter()
  const [place, setPlace] = useUrlState('sample')
  const [at, setAt] = useUrlState('at')
  const [beside, setBeside] = useUrlState('beside')
  const [marked, setMarked] = useUrlState('marked')
  const { premises, steps } = places
  const index = Math.max(0, premises.findIndex(({ ordinal }) => String(ordinal) === place))
  const premise = premises[index]
  // Without a choice the newest is read, and moves on while the run goes.
  const left = steps.find(({ step }) => String(step) === at) ?? steps.at(-1)
  const hasPassage = typeof premise?.passage === 'string'
  const right = steps.find(({ step }) => String(step) === beside) ?? (hasPassage ? undefined : steps[0])
  const [one, other] = [useWritten(runId, left), useWritten(runId, right)]
  if (!premise || !left) return null
  const written = (all: typeof one) => all?.find(({ ordinal }) => ordinal === premise.ordinal)
  const [mine, theirs] = [written(one), written(other)]
  const difference = marked !== null && mine && theirs ? differenceOf(theirs.text, mine.text) : null
  const source = [premise.novel, premise.chapter].filter(Boolean).join(' · ')
  const go = (to: number) => setPlace(String(premises[to]?.ordinal ?? 0))
  return (
    <div className="grid gap-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="m-0 text-sm text-muted">{t('samples.premise', { number: index + 1, of: premises.length })}</p>
          <p lang="zh-CN" className="mt-0.5 mb-0 font-serif text-[17px] [overflow-wrap:anywhere]">
            {premise.premise}
          </p>
        </div>
        {premises.length > 1 && (
          <div className="flex gap-1">
            <Button small kind="quiet" aria-label={t('samples.previous')} disabled={index === 0} onClick={() => go(index - 1)}>
              <ChevronLeft size={16} aria-hidden />
            </Button>
            <Button small kind="quiet" aria-label={t('samples.next')} disabled={index === premises.length - 1} onClick={() => go(index + 1)}>
              <ChevronRight size={16} aria-hidden />
            </Button>
          </div>
        )}
      </div>
      <div className="grid gap-x-8 gap-y-6 md:grid-cols-2">
        <Side head={<StepSlider label={t('samples.step')} steps={steps} step={left.step} onChange={(step) => setAt(String(step))} />}>
          <SampleText sample={mine} loading={one === null} pieces={difference?.other} />
        </Side>
        <Side
          head={
            <div className="grid gap-1">
              <select aria-label={t('samples.beside')} value={right ? 'step' : 'passage'} onChange={(event) => setBeside(event.target.value === 'passage' ? null : String(steps[0]?.step ?? 0))} className="h-8 w-fit max-w-full rounded-base border border-line bg-raised px-1.5 text-sm">
                {hasPassage && <option value="passage">{t('samples.passage')}</option>}
                <option value="step">{t('samples.otherStep')}</option>
              </select>
              {right && <StepSlider label={t('samples.otherStep')} steps={steps} step={right.step} onChange={(step) => setBeside(String(step))} />}
            </div>
          }
        >
          {right ? (
            <SampleText sample={theirs} loading={other === null} pieces={difference?.first} />
          ) : (
            <SampleText sample={premise.passage === null ? undefined : { text: premise.passage }} loading={false} note={[source, premise.split === 'training' ? t('samples.learned') : t('samples.heldOut')].filter(Boolean).join(' · ')} />
          )}
        </Side>
      </div>
      {right && <Checkbox label={t('samples.mark')} checked={marked !== null} onChange={(event) => setMarked(event.target.checked ? '1' : null)} />}
      <p className="m-0 text-sm text-muted">{t('samples.took', { seconds: format.number(left.seconds, { maximumFractionDigits: 1 }), step: left.step })}</p>
    </div>
  )
}

function Side({ head, children }: { head: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-3">
      <div className="min-h-[4.25rem]">{head}</div>
      {children}
    </div>
  )
}
