import { ChartTable } from '@/app/_ui/chart-table'

/** How many values lie in [from, to). */
export type Bin = { from: number; to: number; count: number }

export type HistogramProps = {
  label: string
  unit: string
  bins: readonly Bin[]
  height?: number
  /** What the bars are, where they are compared. */
  name?: string
  /** Another count over the same bins, drawn as an outline over the bars. */
  other?: { name: string; bins: readonly Bin[] }
}

type Words = { asTable: string; count: string; number: (value: number) => string }

/** Bars that show a shape; of fewer the figures are written out. */
const fewestBars = 3

/** Lengths at a glance: bars over their range, the figures in a table behind them. The words are given by whoever knows the language. */
export function HistogramFigure({ label, unit, bins, height = 72, name, other, words }: HistogramProps & { words: Words }) {
  const { number } = words
  const isFilled = (at: number) => (bins[at]?.count ?? 0) + (other?.bins[at]?.count ?? 0) > 0
  if (bins.filter((_, at) => isFilled(at)).length < fewestBars) return <FiguresInWords {...{ label, unit, bins, name, other, number }} />
  const counts = [...bins, ...(other?.bins ?? [])].map((bin) => bin.count)
  const most = counts.reduce((highest, count) => Math.max(highest, count), 1)
  const tall = (count: number) => (count === 0 ? 0 : Math.max(1, (count / most) * (height - 1)))
  const width = 100 / Math.max(1, bins.length)
  const [first, last] = [bins[0], bins.at(-1)]
  return (
    <figure className="m-0">
      {other && (
        <p className="mt-0 mb-1.5 flex flex-wrap gap-x-4 text-xs text-muted">
          <Key look="bg-azurite">{name ?? label}</Key>
          <Key look="border-2 border-gamboge">{other.name}</Key>
        </p>
      )}
      <svg role="img" aria-label={label} viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" className="block w-full" style={{ height }}>
        <title>{label}</title>
        {bins.map((bin, at) => (
          <rect key={bin.from} x={at * width + width * 0.06} y={height - tall(bin.count)} width={width * 0.88} height={tall(bin.count)} className="fill-azurite">
            <title>{`${number(bin.from)}–${number(bin.to)} ${unit}: ${number(bin.count)}`}</title>
          </rect>
        ))}
        {other && <path d={outline(other.bins.map((bin) => height - tall(bin.count)), width, height)} className="fill-none stroke-gamboge" strokeWidth="2" vectorEffect="non-scaling-stroke" />}
        <line x1="0" x2="100" y1={height} y2={height} className="stroke-line" vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className="flex justify-between text-xs text-muted">
        <span>{first && number(first.from)}</span>
        <span>{unit}</span>
        <span>{last && number(last.to)}</span>
      </figcaption>
      <ChartTable
        summary={words.asTable}
        head={other ? [unit, name ?? words.count, other.name] : [unit, words.count]}
        rows={bins.map((bin, at) => [`${number(bin.from)}–${number(bin.to)}`, number(bin.count), ...(other ? [number(other.bins[at]?.count ?? 0)] : [])])}
      />
    </figure>
  )
}

/** What one or two bars would show, as a line of text for each series. */
function FiguresInWords({ label, unit, bins, name, other, number }: HistogramProps & { number: (value: number) => string }) {
  const stretch = ({ from, to }: Bin) => (to - from <= 1 ? number(from) : `${number(from)}–${number(to)}`)
  const line = (series: readonly Bin[]) => series.filter(({ count }) => count > 0).map((bin) => `${stretch(bin)} ${unit}: ${number(bin.count)}`).join(' · ')
  return (
    <div role="group" aria-label={label} className="text-sm">
      {[{ name: other ? (name ?? label) : label, bins }, ...(other ? [other] : [])].map((series, at) => (
        <p key={at} className="m-0">
          <span className="text-muted">{series.name}</span> {line(series.bins) || '—'}
        </p>
      ))}
    </div>
  )
}

function Key({ look, children }: { look: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <i aria-hidden className={`inline-block size-2.5 ${look}`} />
      {children}
    </span>
  )
}

/** Steps from bin to bin, from the axis up and back to it. */
function outline(tops: readonly number[], width: number, height: number): string {
  return `M0 ${height} ${tops.map((top, at) => `L${at * width} ${top} L${(at + 1) * width} ${top}`).join(' ')} L100 ${height}`
}
