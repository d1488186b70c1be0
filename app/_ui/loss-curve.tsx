'use client'

import { useMemo } from 'react'
import { CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Point } from '@/app/_ui/chart-series'

type Row = { step: number; raw?: number; smooth?: number; validation?: number }
type Words = { step: string; raw: string; smooth: string; validation: string }

/** Draws what LossChart gives it; apart from it so that Recharts loads by itself. */
export function LossCurve(props: { raw: readonly Point[]; smooth: readonly Point[]; validation: readonly Point[]; words: Words }) {
  const { raw, smooth, validation, words } = props
  const rows = useMemo(() => merged({ raw, smooth, validation }), [raw, smooth, validation])
  const tick = { fill: 'var(--color-muted)', fontSize: 11 }
  return (
    <div className="h-[300px]">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={rows} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis dataKey="step" type="number" domain={['dataMin', 'dataMax']} tick={tick} stroke="var(--color-line)" tickLine={false} allowDecimals={false} />
          <YAxis domain={['auto', 'auto']} width={44} tick={tick} axisLine={false} tickLine={false} tickFormatter={(value: number) => value.toFixed(1)} />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(step) => `${words.step} ${step}`}
            formatter={(value) => (typeof value === 'number' ? value.toFixed(3) : value)}
            contentStyle={{ background: 'var(--color-raised)', border: '1px solid var(--color-line)', borderRadius: 6, fontSize: 12 }}
            itemStyle={{ color: 'var(--color-ink)' }}
          />
          <Line dataKey="raw" name={words.raw} stroke="var(--color-azurite)" strokeOpacity={0.3} dot={false} activeDot={false} connectNulls isAnimationActive={false} />
          <Line dataKey="smooth" name={words.smooth} stroke="var(--color-azurite)" strokeWidth={2} dot={false} connectNulls isAnimationActive={false} />
          <Line dataKey="validation" name={words.validation} stroke="var(--color-seal)" strokeDasharray="2 4" dot={{ r: 3.5, fill: 'var(--color-seal)', strokeWidth: 0 }} connectNulls isAnimationActive={false} />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  )
}

function merged(series: Record<'raw' | 'smooth' | 'validation', readonly Point[]>): Row[] {
  const rows = new Map<number, Row>()
  for (const name of ['raw', 'smooth', 'validation'] as const) {
    for (const { step, value } of series[name]) rows.set(step, { ...rows.get(step), step, [name]: value })
  }
  return [...rows.values()].sort((a, b) => a.step - b.step)
}
