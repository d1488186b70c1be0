import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ChartTable } from '@/app/_ui/chart-table'
import type { StylePoint } from '@/lib/stages/submissions/style-points'

const [width, height, margin] = [640, 400, 36]
/** Names longer than this would lie over each other. */
const longestName = 8

/** Novels and story runs on one map: the nearer two points, the more alike their style. `nameOf` says what a run is called. */
export async function StyleMap({ points, nameOf }: { points: readonly StylePoint[]; nameOf: (storyRunId: string) => string }) {
  const [t, { number }] = await Promise.all([getTranslator('scores'), getFormatter()])
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  // One scale for both axes: distances would lie otherwise.
  const span = Math.max(Math.max(...xs) - Math.min(...xs), ((Math.max(...ys) - Math.min(...ys)) * (width - 2 * margin)) / (height - 2 * margin)) || 1
  const scale = (width - 2 * margin) / span
  const place = ({ x, y }: StylePoint) => ({ left: margin + (x - Math.min(...xs)) * scale, top: margin + (y - Math.min(...ys)) * scale })
  const named = (point: StylePoint) => (point.kind === 'run' ? nameOf(point.name) : point.kind === 'held-out' ? `${point.name} · ${t('heldOut')}` : point.name)
  const short = (name: string) => ([...name].length > longestName + 1 ? `${[...name].slice(0, longestName).join('')}…` : name)
  return (
    <figure className="m-0">
      <svg role="img" aria-label={t('map')} viewBox={`0 0 ${width} ${height}`} className="block w-full max-w-[860px] rounded-base border border-line bg-raised">
        <title>{t('map')}</title>
        {points.map((point) => {
          const { left, top } = place(point)
          const isRun = point.kind === 'run'
          return (
            <g key={`${point.kind} ${point.name}`}>
              <title>{named(point)}</title>
              {isRun ? <rect x={left - 5} y={top - 5} width="10" height="10" className="fill-seal" /> : <circle cx={left} cy={top} r="4" className={point.kind === 'novel' ? 'fill-azurite' : 'fill-none stroke-azurite'} />}
              <text x={left > width - 110 ? left - 9 : left + 9} y={top + 4} textAnchor={left > width - 110 ? 'end' : 'start'} className={isRun ? 'fill-ink text-[12px] font-semibold' : 'fill-muted text-[11px]'}>
                {isRun ? named(point) : short(point.name)}
              </text>
            </g>
          )
        })}
      </svg>
      <figcaption className="mt-1 text-xs text-muted">{t('mapLegend')}</figcaption>
      <ChartTable
        summary={t('mapTable')}
        head={[t('mapPoint'), t('mapNearest'), t('delta')]}
        rows={points.map((point) => [named(point), point.nearest?.name ?? '–', point.nearest ? number(point.nearest.delta, { maximumFractionDigits: 2, minimumFractionDigits: 2 }) : '–'])}
      />
    </figure>
  )
}
