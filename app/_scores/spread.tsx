import { type Distribution, quantile, sharesOn, type ValueAxis } from '@/lib/scoring/distribution'

const height = 26

/** How a measure is spread, small enough for a table's cell: bars over the axis, the middle half below them, the median as a stroke. */
export function Spread({ of, axis, label, fill = 'fill-azurite' }: { of: Distribution; axis: ValueAxis; label: string; fill?: string }) {
  // Of stories that are all alike there is no shape to see.
  if (axis.bins < 2) return null
  const shares = sharesOn(axis, of)
  const most = Math.max(...shares)
  const span = axis.bins * axis.width
  const at = (value: number) => ((value - axis.from) / span) * 100
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => at(quantile(of, share)))
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 100 ${height + 4}`} preserveAspectRatio="none" className="block h-[30px] w-full min-w-24">
      <title>{label}</title>
      {shares.map((share, bin) => share > 0 && (
        <rect key={bin} x={(bin / axis.bins) * 100} width={(100 / axis.bins) * 0.9} y={height - Math.max(1, (share / most) * height)} height={Math.max(1, (share / most) * height)} className={fill} />
      ))}
      <line x1="0" x2="100" y1={height + 2} y2={height + 2} className="stroke-line" vectorEffect="non-scaling-stroke" />
      <line x1={low} x2={high} y1={height + 2} y2={height + 2} strokeWidth="3" className="stroke-ink" vectorEffect="non-scaling-stroke" />
      <line x1={middle} x2={middle} y1="0" y2={height + 4} strokeWidth="1.5" className="stroke-seal" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
