'use client'

import { useState } from 'react'
import { CartesianGrid, ComposedChart, Line, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Curve } from '@/app/_ui/chart/curve'
import type { ChartRow } from '@/app/_ui/chart/rows'
import { type Scale, ticksBetween, toldApart } from '@/app/_ui/chart/scale'
import type { Range } from '@/app/_ui/chart/range'

export type PlotProps = {
  curves: readonly Curve[]
  rows: ChartRow[]
  smoothing: number
  scale: Scale
  /** The ends of both axes. */
  across: [number, number]
  acrossTicks: number[]
  upwards: [number, number]
  height: number
  sayAcross(x: number): string
  sayUpwards(value: number): string
  /** What is to be read at a step: each curve's name and its words there. */
  readAt(step: number): { title: string; values: { key: string; name: string; words: string }[] }
  /** A stretch of the chart was drawn over with the pointer. */
  onDraw(range: Range): void
}

const tick = { fill: 'var(--color-muted)', fontSize: 11 }
/** The axis across with room for half a dot at both ends, where it would be cut. */
function widened([from, to]: readonly [number, number]): [number, number] {
  const room = (to - from) * 0.015
  return [from - room, to + room]
}

/** Draws what CurveChart gives it; apart from it so that Recharts loads by itself, after the page. */
export function CurvePlot(props: PlotProps) {
  const { curves, rows, smoothing, scale, across, acrossTicks, upwards, height, sayAcross, sayUpwards, readAt, onDraw } = props
  const [drawn, setDrawn] = useState<{ from: number; to: number } | null>(null)
  const stepAt = (x: number) => rows.find((row) => row.x >= x)?.step ?? rows.at(-1)?.step ?? 0
  const finish = () => {
    setDrawn(null)
    if (!drawn || drawn.from === drawn.to) return
    const [from, to] = [stepAt(Math.min(drawn.from, drawn.to)), stepAt(Math.max(drawn.from, drawn.to))]
    if (to > from) onDraw({ from, to })
  }
  return (
    <div className="select-none [&_*:focus]:outline-none [&_*:focus-visible]:outline-2 [&_*:focus-visible]:outline-azurite" style={{ height }}>
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={rows}
          margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
          onMouseDown={({ activeLabel }) => {
            const x = Number(activeLabel)
            if (activeLabel !== undefined) setDrawn({ from: x, to: x })
          }}
          onMouseMove={({ activeLabel }) => {
            if (drawn && activeLabel !== undefined) setDrawn({ ...drawn, to: Number(activeLabel) })
          }}
          onMouseUp={finish}
          onMouseLeave={finish}
        >
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis dataKey="x" type="number" domain={widened(across)} allowDataOverflow tick={tick} stroke="var(--color-line)" tickLine={false} tickFormatter={sayAcross} ticks={toldApart(acrossTicks, sayAcross)} minTickGap={16} />
          <YAxis domain={upwards} allowDataOverflow scale={scale} width={52} tick={tick} axisLine={false} tickLine={false} tickFormatter={sayUpwards} ticks={toldApart(ticksBetween(upwards, scale), sayUpwards)} interval="preserveStartEnd" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--color-edge)', strokeDasharray: '3 3' }}
            content={({ active, label }) => {
              if (!active || label === undefined) return null
              const { title, values } = readAt(stepAt(Number(label)))
              return (
                <div className="rounded-base border border-line bg-raised px-2.5 py-1.5 text-xs text-ink shadow-float">
                  <p className="m-0 text-muted">{title}</p>
                  {values.map(({ key, name, words }) => (
                    <p key={key} className="m-0 whitespace-nowrap">
                      {name} {words}
                    </p>
                  ))}
                </div>
              )
            }}
          />
          {curves.flatMap(({ key, name, look, kind }) => {
            const colour = `var(--color-${look.colour})`
            const shared = { name, stroke: colour, strokeDasharray: look.dash, connectNulls: true, isAnimationActive: false }
            if (kind === 'dots') return [<Line key={`raw-${key}`} {...shared} dataKey={`raw-${key}`} strokeWidth={1.5} dot={{ r: 3, fill: colour, strokeWidth: 0 }} />]
            if (smoothing === 0) return [<Line key={`raw-${key}`} {...shared} dataKey={`raw-${key}`} strokeWidth={1.5} dot={rows.length === 1} />]
            return [
              <Line key={`raw-${key}`} {...shared} strokeDasharray={undefined} dataKey={`raw-${key}`} strokeOpacity={0.3} strokeWidth={1} dot={false} activeDot={false} />,
              <Line key={`smooth-${key}`} {...shared} dataKey={`smooth-${key}`} strokeWidth={2} dot={rows.length === 1} />,
            ]
          })}
          {drawn && drawn.from !== drawn.to && <ReferenceArea x1={drawn.from} x2={drawn.to} fill="var(--color-azurite)" fillOpacity={0.15} />}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  )
}
