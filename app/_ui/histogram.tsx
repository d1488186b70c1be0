import { ChartTable } from '@/app/_ui/chart-table'
import { getFormatter, getTranslator } from '@/app/_i18n/server'

/** How many values lie in [from, to). */
export type Bin = { from: number; to: number; count: number }

/** Lengths at a glance: bars over their range, the figures in a table behind them. */
export async function Histogram({ label, unit, bins, height = 72 }: { label: string; unit: string; bins: readonly Bin[]; height?: number }) {
  const t = await getTranslator('ui')
  const { number } = await getFormatter()
  const most = Math.max(1, ...bins.map((bin) => bin.count))
  const first = bins[0]
  const last = bins.at(-1)
  const width = 100 / Math.max(1, bins.length)
  return (
    <figure className="m-0">
      <svg role="img" aria-label={label} viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" className="block w-full" style={{ height }}>
        <title>{label}</title>
        {bins.map((bin, at) => {
          const tall = bin.count === 0 ? 0 : Math.max(1, (bin.count / most) * (height - 1))
          return (
            <rect key={bin.from} x={at * width + width * 0.06} y={height - tall} width={width * 0.88} height={tall} className="fill-azurite">
              <title>{`${number(bin.from)}–${number(bin.to)} ${unit}: ${number(bin.count)}`}</title>
            </rect>
          )
        })}
        <line x1="0" x2="100" y1={height} y2={height} className="stroke-line" vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className="flex justify-between text-xs text-muted">
        <span>{first && number(first.from)}</span>
        <span>{unit}</span>
        <span>{last && number(last.to)}</span>
      </figcaption>
      <ChartTable summary={t('asTable')} head={[unit, t('count')]} rows={bins.map((bin) => [`${number(bin.from)}–${number(bin.to)}`, number(bin.count)])} />
    </figure>
  )
}
