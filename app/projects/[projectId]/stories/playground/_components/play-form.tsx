'use client'

import { Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Fold } from '@/app/_settings/fold'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { WriterOptions } from '@/app/_writer/writer-options'
import { ColumnFields } from '@/app/projects/[projectId]/stories/playground/_components/column-fields'
import { PremiseField, type ChosenPremise } from '@/app/projects/[projectId]/stories/playground/_components/premise-field'
import { type Ways, WayFields } from '@/app/projects/[projectId]/stories/playground/_components/way-fields'
import type { ColumnValue, Way } from '@/app/projects/[projectId]/stories/playground/_ways'
import { startPlayFrom } from '@/app/projects/[projectId]/stories/playground/actions'
import type { PlayModel } from '@/lib/stages/playground/choices'
import { writerValue } from '@/lib/stages/playground/writer-value'
import type { SourceOption } from '@/lib/stages/playground/found-premises'

/** What the form begins with: of the play that is shown, or the usual. */
export type Beginning = { premise: ChosenPremise; columns: ColumnValue[]; shared: Way }

type Props = {
  projectId: string
  /** Drawn by the server with every drawing of the page: what marks the next order, and a seed that nobody has seen yet. */
  fresh: { token: string; seed: number }
  models: readonly PlayModel[]
  endpoints: WriterOptions['endpoints']
  sources: readonly SourceOption[]
  ways: Ways
  beginning: Beginning
  /** Whether the seed of the beginning stays; else each play has a new one. */
  keepsSeed: boolean
  mostColumns: number
}

/** One premise, one to four writers, and how they are asked: nothing is written before the button, or Ctrl + Enter, says so. */
export function PlayForm({ projectId, fresh, beginning, mostColumns, ...props }: Props) {
  const t = useTranslations('playground')
  const [premise, setPremise] = useState(beginning.premise)
  const [columns, setColumns] = useState(beginning.columns)
  const [shared, setShared] = useState(beginning.shared)
  const [drawsSeed, setDrawsSeed] = useState(!props.keepsSeed)
  // Drawings of the page while it is open change nothing here: an order that is sent twice is one play.
  const [next] = useState(fresh)
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing || document.querySelector('[role=dialog]')) return
      event.preventDefault()
      box.current?.closest('form')?.requestSubmit()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])

  const seeded = (way: Way): Way => (drawsSeed ? { ...way, sampling: { ...way.sampling, seed: String(next.seed) } } : way)
  const styleOf = (writer: string) => props.endpoints.find(({ id }) => writer === writerValue('endpoint', id))?.style ?? 'chat'
  const asked = columns.map(({ writer, model, own }) => {
    const { prompt, sampling } = seeded(own ?? shared)
    return { writer: { writer, model }, way: { prompt, sampling: own ? sampling : { ...sampling, style: styleOf(writer) }, isOwn: own !== null } }
  })
  const setColumn = (key: number, change: Partial<ColumnValue>) => setColumns((all) => all.map((column) => (column.key === key ? { ...column, ...change } : column)))
  const add = () =>
    setColumns((all) => {
      const used = new Set(all.map(({ writer }) => writer))
      const writer = props.models.find(({ value }) => !used.has(value))?.value ?? props.models[0]?.value ?? ''
      return [...all, { key: Math.max(0, ...all.map(({ key }) => key)) + 1, writer, model: '', own: null }]
    })

  return (
    <ActionForm action={startPlayFrom} values={{ projectId, token: next.token, from: JSON.stringify(premise.from), nextSeed: drawsSeed ? 'drawn' : 'kept', columns: JSON.stringify(asked) }} label={t('title')} className="gap-5">
      <div ref={box} className="contents" />
      <PremiseField projectId={projectId} sources={props.sources} value={premise} onChange={setPremise} />
      <ol className="m-0 grid list-none items-start gap-4 p-0 sm:grid-cols-2 xl:grid-cols-[repeat(auto-fit,minmax(230px,1fr))]">
        {columns.map((column, at) => (
          <li key={column.key} className="min-w-0">
            <ColumnFields
              at={at}
              value={column}
              models={props.models}
              endpoints={props.endpoints}
              ways={props.ways}
              shared={shared}
              drawsSeed={drawsSeed}
              styleOf={styleOf}
              onChange={(change) => setColumn(column.key, change)}
              onRemove={columns.length > 1 ? () => setColumns((all) => all.filter(({ key }) => key !== column.key)) : null}
            />
          </li>
        ))}
        {columns.length < mostColumns && (
          <li className="grid min-h-24 min-w-0">
            <Button kind="quiet" onClick={add} className="min-h-[140px] border-dashed !border-edge">
              <Plus size={16} aria-hidden />
              {t('addColumn')}
            </Button>
          </li>
        )}
      </ol>
      {columns.some(({ own }) => own === null) && (
        <Fold summary={t('forAll')}>
          <WayFields at={null} way={shared} ways={props.ways} drawsSeed={drawsSeed} onDrawsSeed={setDrawsSeed} onChange={setShared} />
        </Fold>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton kind="primary">{t('run')}</SubmitButton>
        <span className="text-sm text-muted">{t('runKeys')}</span>
      </div>
    </ActionForm>
  )
}
