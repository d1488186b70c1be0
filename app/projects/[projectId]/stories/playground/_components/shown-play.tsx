import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { JobWait } from '@/app/_jobs/job-wait'
import { Link } from '@/app/_ui/link'
import { placeOf } from '@/app/projects/[projectId]/stories/playground/_beginning'
import { KeepResult } from '@/app/projects/[projectId]/stories/playground/_components/keep-result'
import { PlayView } from '@/app/projects/[projectId]/stories/playground/_components/play-view'
import { type KeepPlace, type KeptOfPlay, keepPlaces, keptOfPlay } from '@/lib/stages/playground/kept-results'
import { columnSettings, type PlayWithColumns } from '@/lib/stages/playground/plays'

/** A play with all that is known of it beside its words: how each column was asked, what is kept of it, and the passage of its premise. */
export async function ShownPlay({ projectId, play }: { projectId: string; play: PlayWithColumns }) {
  const [t, stories, prompts, { number }, kept, places, place] = await Promise.all([
    getTranslator('playground'),
    getTranslator('stories'),
    getTranslator('prompts'),
    getFormatter(),
    keptOfPlay(play.id),
    keepPlaces(projectId, play.id),
    placeOf(play),
  ])
  const runName = ({ on, ordinal, name }: Pick<KeepPlace, 'on' | 'ordinal' | 'name'>) => [on.kind === 'training' ? t('trainingRun', { ordinal }) : stories('run', { ordinal }), name].filter(Boolean).join(' · ')
  const columns = play.columns.map(({ place: at, writerName, settings, promptVersion }) => {
    const { writer, sampling } = columnSettings.parse(settings)
    const way = [
      prompts('version', { version: promptVersion.version }),
      `${stories('setting.temperature')} ${number(sampling.temperature)}`,
      ...(sampling.topP < 1 ? [`${stories('setting.topP')} ${number(sampling.topP)}`] : []),
      ...(sampling.topK > 0 ? [`${stories('setting.topK')} ${sampling.topK}`] : []),
      ...(sampling.repetitionPenalty === 1 ? [] : [`${stories('setting.repetitionPenalty')} ${number(sampling.repetitionPenalty)}`]),
      ...(sampling.style === 'completions' ? [stories('styles.completions')] : []),
      stories('seed', { seed: String(sampling.seed) }),
    ].join(' · ')
    return { place: at, writer: writerName, asked: writer.kind === 'endpoint' ? writer.model : writerName, way }
  })
  const [first, ...others] = columns
  const isAlike = first !== undefined && others.every(({ way }) => way === first.way)
  const waiting = play.columns.map(({ job }) => job).find(({ state }) => state === 'queued')
  return (
    <PlayView
      key={play.id}
      projectId={projectId}
      playId={play.id}
      stamp={play.columns.map(({ job }) => `${job.state}${job.epoch}`).join()}
      title={t('play', { ordinal: play.ordinal })}
      premise={{ text: play.premise, place }}
      wait={waiting && <JobWait job={waiting} />}
      way={isAlike ? first.way : null}
      columns={isAlike ? columns.map((column) => ({ ...column, way: null })) : columns}
      keeping={columns.map(({ place: at, writer }) => (
        <span key={at} className="contents">
          <KeepResult
            projectId={projectId}
            playId={play.id}
            place={at}
            writer={writer}
            options={(places.get(at) ?? []).map((each) => ({ value: `${each.on.kind}.${each.on.id}`, label: runName(each), isOwn: each.isOwn }))}
          />
          <KeptTags projectId={projectId} kept={kept.filter((each) => each.place === at)} />
        </span>
      ))}
      reference={play.reference === null ? null : { text: play.reference, title: play.referenceTitle }}
    />
  )
}

async function KeptTags({ projectId, kept }: { projectId: string; kept: readonly KeptOfPlay[] }) {
  const [t, stories] = await Promise.all([getTranslator('playground'), getTranslator('stories')])
  return kept.map(({ id, trainingRun, storyRun, note }) => (
    <Link key={id} href={trainingRun ? `/projects/${projectId}/training/${trainingRun.id}` : `/projects/${projectId}/stories/${storyRun?.id}`} title={note} className="text-sm text-ink underline decoration-line underline-offset-4 hover:decoration-current">
      {t('keptOn', { run: trainingRun ? t('trainingRun', { ordinal: trainingRun.ordinal }) : stories('run', { ordinal: storyRun?.ordinal ?? 0 }) })}
    </Link>
  ))
}
