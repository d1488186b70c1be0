import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { RailLink } from '@/app/_ui/frame/rail-link'
import type { StageState } from '@/app/_ui/frame/stage-state'
import { type StageName, stageNames } from '@/lib/stages/names'

/** The seven stages with their states, then what belongs to none: jobs, models, the engine, settings. At the left; on a narrow screen a bar at the bottom. */
export async function Rail({ projectId, stages, liveJobs }: { projectId: string | null; stages: readonly StageState[]; liveJobs: number }) {
  const t = await getTranslator('frame')
  const { number } = await getFormatter()

  const words = (name: StageName) => {
    const state = stages.find((each) => each.stage === name) ?? { stage: name, kind: 'empty' as const }
    // Pairs are reviewed and then frozen: the figure is of the frozen ones, or of those that came in files, and says so.
    const unit = name === 'pairs' && (state.kind === 'count' || state.kind === 'attention') && state.count > 0 ? t(state.kind === 'count' && state.isImported ? 'imported' : 'frozen') : undefined
    if (state.kind === 'count') return { text: number(state.count), spoken: number(state.count), unit }
    if (state.kind === 'running') {
      const share = state.total > 0 ? Math.floor((state.done / state.total) * 100) : 0
      return { text: `${share} %`, spoken: t('running', { share }) }
    }
    if (state.kind === 'attention') return { text: number(state.count), spoken: t('attention'), unit, attention: true }
    return { text: '—', spoken: t('nothingYet') }
  }

  return (
    <nav
      aria-label={t('stages')}
      className="fixed inset-x-0 bottom-0 z-20 flex justify-between overflow-x-auto border-t border-line bg-paper px-1 max-md:scroll-hint md:sticky md:top-[52px] md:block md:h-[calc(100dvh-52px)] md:overflow-x-visible md:overflow-y-auto md:border-t-0 md:border-r md:px-2.5 md:py-4"
    >
      {projectId !== null && (
        <>
          <ul className="m-0 flex list-none p-0 md:mb-0.5 md:block">
            <li>
              <RailLink href={`/projects/${projectId}`} exact name={t('overview')} text="" spoken="" />
            </li>
          </ul>
          <ol className="m-0 flex list-none p-0 md:block">
            {stageNames.map((name, at) => (
              <li key={name} className="md:mb-0.5">
                <RailLink href={`/projects/${projectId}/${name}`} number={at + 1} name={t(`stage.${name}`)} {...words(name)} />
              </li>
            ))}
          </ol>
        </>
      )}
      <ul className={`m-0 flex list-none p-0 md:block ${projectId === null ? '' : 'md:mt-5 md:border-t md:border-line md:pt-3'}`}>
        {projectId === null && (
          <li>
            <RailLink href="/" exact name={t('projects')} text="" spoken="" />
          </li>
        )}
        <li>
          <RailLink href="/jobs" name={t('jobs')} text={liveJobs > 0 ? number(liveJobs) : ''} spoken={liveJobs > 0 ? t('liveJobs', { count: liveJobs }) : ''} />
        </li>
        <li>
          <RailLink href="/models" name={t('models')} text="" spoken="" />
        </li>
        <li>
          <RailLink href="/engine" name={t('engine')} text="" spoken="" />
        </li>
        <li>
          <RailLink href="/settings" name={t('settings')} text="" spoken="" />
        </li>
      </ul>
    </nav>
  )
}
