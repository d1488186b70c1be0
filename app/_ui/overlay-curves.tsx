'use client'

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { OverlayRow } from '@/app/_ui/overlay-rows'

type OverlayLine = { key: string; name: string; colour: string; dash: string | undefined }

/** Draws what OverlayChart gives it; apart from it so that Recharts loads by itself. */
export function OverlayCurves({ rows, lines, dots, step }: { rows: OverlayRow[]; lines: readonly OverlayLine[]; dots: boolean; step: string }) {
  const tick = { fill: 'var(--color-muted)', fontSize: 11 }
  return (
    <div className="h-[300px]">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={rows} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis dataKey="step" type="number" domain={['dataMin', 'dataMax']} tick={tick} stroke="var(--color-line)" tickLine={false} allowDecimals={false} />
          <YAxis domain={['auto', 'auto']} width={44} tick={tick} axisLine={false} tickLine={false} tickFormatter={(value: number) => value.toFixed(2)} />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(at) => `${step} ${at}`}
            formatter={(value) => (typeof value === 'number' ? value.toFixed(3) : value)}
            contentStyle={{ background: 'var(--color-raised)', border: '1px solid var(--color-line)', borderRadius: 6, fontSize: 12 }}
            itemStyle={{ color: 'var(--color-ink)' }}
          />
          {lines.map(({ key, name, colour, dash }) => (
            <Line
              key={key}
              dataKey={key}
              name={name}
              stroke={`var(--color-${colour})`}
              strokeWidth={2}
              strokeDasharray={dash}
              dot={dots ? { r: 3, fill: `var(--color-${colour})`, strokeWidth: 0 } : false}
              connectNulls
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  )
}
