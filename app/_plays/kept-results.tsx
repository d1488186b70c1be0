import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { dropPlayed } from '@/app/_plays/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Link } from '@/app/_ui/link'
import { LocalTime } from '@/app/_ui/local-time'
import { Panel } from '@/app/_ui/panel'
import { Prose } from '@/app/_ui/prose'
import { SubmitButton } from '@/app/_ui/submit-button'
import { type KeepOn, type KeptEntry, keptOn } from '@/lib/stages/playground/kept-results'

/** What was kept on a run out of the playground: the premise, what was written to it, and the word about it. Nothing where nothing is. */
export async function KeptResults({ projectId, on }: { projectId: string; on: KeepOn }) {
  const [t, results] = await Promise.all([getTranslator('playground'), keptOn(on)])
  if (results.length === 0) return null
  return (
    <Panel title={t('keptTitle')}>
      <ul className="m-0 grid list-none gap-5 p-0">
        {results.map((result) => (
          <li key={result.id} className="grid gap-1.5 border-b border-line pb-4 last:border-0 last:pb-0">
            <Kept projectId={projectId} result={result} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

async function Kept({ projectId, result }: { projectId: string; result: KeptEntry }) {
  const [t, { number }] = await Promise.all([getTranslator('playground'), getFormatter()])
  const { column, note } = result
  const { play } = column
  return (
    <>
      <p className="m-0 flex flex-wrap items-baseline gap-x-3 text-sm text-muted">
        <Link href={`/projects/${projectId}/stories/playground?play=${play.ordinal}`} className="text-ink underline decoration-line underline-offset-4 hover:decoration-current">{t('play', { ordinal: play.ordinal })}</Link>
        <span className="[overflow-wrap:anywhere]">{column.servedName ?? column.writerName}</span>
        <LocalTime at={result.createdAt.toISOString()} />
      </p>
      {note !== '' && <p className="m-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{note}</p>}
      <p lang="zh-CN" className="m-0 font-serif text-muted [overflow-wrap:anywhere]">
        {play.premise}
      </p>
      <details>
        <summary className="text-sm">{t('keptText', { count: number([...column.text].length) })}</summary>
        <Prose text={column.text} className="mt-2 max-h-[28rem] overflow-y-auto" />
      </details>
      <ActionForm action={dropPlayed} values={{ projectId, keptId: result.id }} label={t('dropOf', { ordinal: play.ordinal, number: column.place + 1 })} className="justify-items-start">
        <SubmitButton small label={t('dropOf', { ordinal: play.ordinal, number: column.place + 1 })}>
          {t('drop')}
        </SubmitButton>
      </ActionForm>
    </>
  )
}
