import { useLocale, useTranslations } from 'use-intl/react'
import { byteSize } from '@/app/_ui/byte-size'
import { cx } from '@/app/_ui/cx'
import { type MemoryPart, memoryParts } from '@/lib/forecast/memory'

const colours: Record<MemoryPart, string> = {
  process: 'bg-muted',
  weights: 'bg-azurite',
  adapter: 'bg-malachite',
  optimiser: 'bg-plum',
  activations: 'bg-gamboge',
  logits: 'bg-ochre',
}

/** What memory goes to what, drawn to scale up to `limit`; the legend has the figures. */
export function MemoryBar({ parts, limit }: { parts: Record<MemoryPart, number>; limit: number }) {
  const t = useTranslations('training.forecast')
  const locale = useLocale()
  return (
    <div className="grid gap-2">
      <div aria-hidden className="flex h-3 gap-px overflow-hidden rounded-base border border-line bg-raised">
        {memoryParts.map((part) => (
          <span key={part} className={cx(colours[part], 'h-full')} style={{ width: `${(100 * parts[part]) / limit}%` }} />
        ))}
      </div>
      <ul className="m-0 flex list-none flex-wrap gap-x-5 gap-y-1 p-0 text-sm">
        {memoryParts.map((part) => (
          <li key={part} className="flex items-center gap-1.5">
            <span aria-hidden className={cx(colours[part], 'size-2.5 rounded-sm')} />
            {t(`parts.${part}`)} <span className="tabular-nums">{byteSize(parts[part], locale)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
