import type { Curve } from '@/app/_ui/chart/curve'

/** Which curve is which: its line as it is drawn, and its name. */
export function CurveLegend({ curves }: { curves: readonly Curve[] }) {
  return (
    <div className="mb-1 flex min-h-[18px] flex-wrap gap-x-4 text-xs text-muted">
      {curves.map(({ key, name, look, kind }) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <svg aria-hidden width="24" height="8">
            <line x1="0" y1="4" x2="24" y2="4" stroke={`var(--color-${look.colour})`} strokeWidth="2" strokeDasharray={look.dash} />
            {kind === 'dots' && <circle cx="12" cy="4" r="3" fill={`var(--color-${look.colour})`} />}
          </svg>
          {name}
        </span>
      ))}
    </div>
  )
}
