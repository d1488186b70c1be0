import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Table } from '@/app/_ui/table'
import type { Ranked } from '@/lib/scoring/ranking'

type Named = Ranked & { name: string }

/** The ratings from the strongest down, each with its interval in figures and drawn on one scale. */
export async function RatingTable({ ranked }: { ranked: readonly Named[] }) {
  const [t, { number }] = await Promise.all([getTranslator('votes'), getFormatter()])
  const low = Math.min(...ranked.map((each) => each.low))
  const span = Math.max(...ranked.map((each) => each.high)) - low || 1
  const at = (rating: number) => `${((rating - low) / span) * 100}%`
  const say = (rating: number) => number(Math.round(rating), { signDisplay: 'exceptZero' })
  return (
    <Table
      label={t('ranking')}
      rows={ranked}
      rowKey={({ model }) => model}
      columns={[
        { key: 'name', head: t('run'), className: 'min-w-48', cell: ({ name }) => <b className="font-semibold">{name}</b> },
        { key: 'rating', head: t('rating'), number: true, cell: ({ rating }) => say(rating) },
        { key: 'interval', head: t('interval'), number: true, cell: (each) => t('range', { low: say(each.low), high: say(each.high) }) },
        {
          key: 'drawn',
          head: '',
          className: 'w-full min-w-40',
          cell: (each) => (
            <span aria-hidden className="relative block h-4">
              <i className="absolute top-[7px] block h-0.5 bg-azurite" style={{ left: at(each.low), width: `${((each.high - each.low) / span) * 100}%` }} />
              <i className="absolute top-1 block size-2 -translate-x-1/2 bg-seal" style={{ left: at(each.rating) }} />
            </span>
          ),
        },
      ]}
    />
  )
}
