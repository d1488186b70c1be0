import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ClientProvider } from '@/app/_i18n/client-provider'
import { messagesOf } from '@/app/_i18n/messages'
import { ActionForm } from '@/app/_ui/action-form'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { HistogramFigure } from '@/app/_ui/histogram-figure'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { Table } from '@/app/_ui/table'
import { Tag } from '@/app/_ui/tag'

const draw = (node: ReactNode) =>
  renderToStaticMarkup(
    <ClientProvider locale="en" messages={messagesOf('en')}>
      {node}
    </ClientProvider>,
  )

describe('Field', () => {
  it('ties label, hint and error to its control', () => {
    const html = draw(
      <Field name="title" label="Title" hint="At most 40 characters" error="Too long">
        <TextInput />
      </Field>,
    )
    const id = /<label for="([^"]+)"/.exec(html)?.[1]
    expect(html).toContain(`id="${id}"`)
    expect(html).toContain('name="title"')
    expect(html).toContain(`aria-describedby="${id}-hint ${id}-error"`)
    expect(html).toContain('aria-invalid="true"')
    expect(html).toMatch(/role="alert"[^>]*>Too long/)
  })

  it('points at nothing that is not there', () => {
    const html = draw(
      <Field name="title" label="Title">
        <TextInput />
      </Field>,
    )
    expect(html).not.toContain('aria-describedby')
    expect(html).not.toContain('aria-invalid=')
  })
})

describe('ActionForm', () => {
  it('carries its hidden values', () => {
    const html = draw(
      <ActionForm action={async (state) => state} values={{ projectId: 'p1' }}>
        <i />
      </ActionForm>,
    )
    expect(html).toContain('<input type="hidden" name="projectId" value="p1"/>')
  })
})

describe('ProgressBar', () => {
  it('says its share and counts, and the remaining time when it stands still', () => {
    const html = draw(<ProgressBar label="Training" done={318} total={756} unit="steps" elapsed={60_000} running={false} />)
    expect(html).toContain('role="progressbar"')
    expect(html).toContain('aria-valuenow="42"')
    expect(html).toContain('318 / 756 steps')
    expect(html).toContain('1:00 elapsed')
  })

  it('says what is left where that is known, and nothing of it before', () => {
    const html = (left: number | null) => draw(<ProgressBar label="Training" done={318} total={756} startedAt={0} left={left} />)
    expect(html(90_000)).toContain('1:30 left')
    expect(html(null)).not.toContain(' left')
  })

  it('does not divide by an unknown total', () => {
    expect(draw(<ProgressBar label="Reading" done={0} total={0} running={false} />)).toContain('aria-valuenow="0"')
  })
})

describe('Table', () => {
  it('names itself and its columns, and says when it is empty', () => {
    const html = draw(<Table label="Novels" columns={[{ key: 'name', head: 'Name', cell: (row: { name: string }) => row.name }]} rows={[]} rowKey={(row) => row.name} empty="None yet" />)
    expect(html).toContain('aria-label="Novels"')
    expect(html).toContain('scope="col"')
    expect(html).toContain('None yet')
  })
})

describe('Tag', () => {
  it('shows its kind in a shape as well', () => {
    expect(draw(<Tag kind="bad">failed</Tag>)).toContain('<svg')
    expect(draw(<Tag>plain</Tag>)).not.toContain('<svg')
  })
})

describe('HistogramFigure', () => {
  const words = { asTable: 'As a table', count: 'Count', number: String }
  const bins = (counts: readonly number[], width = 1) => counts.map((count, at) => ({ from: at * width, to: (at + 1) * width, count }))
  const drawn = (counts: readonly number[], width?: number) => draw(<HistogramFigure label="Lengths" unit="characters" bins={bins(counts, width)} words={words} />)

  it('draws bars from three of them on, and writes fewer out', () => {
    expect(drawn([2, 1, 4])).toContain('<svg')
    expect(drawn([2, 0, 4])).not.toContain('<svg')
    expect(drawn([2, 0, 4])).toContain('0 characters: 2 · 2 characters: 4')
    expect(drawn([0, 48], 20)).toContain('20–40 characters: 48')
  })

  it('writes both series out where neither has a shape', () => {
    const html = draw(<HistogramFigure label="Lengths" unit="characters" name="First" bins={bins([1, 2])} other={{ name: 'Second', bins: bins([0, 3]) }} words={words} />)
    expect(html).toContain('First</span> 0 characters: 1 · 1 characters: 2')
    expect(html).toContain('Second</span> 1 characters: 3')
  })
})
