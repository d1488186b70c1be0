'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from '@/app/_ui/cx'

export type Tab = { value: string; label: ReactNode; content: ReactNode }

const tab =
  '-mb-px border-b-2 border-transparent px-1 py-2 text-muted hover:text-ink data-[state=active]:border-seal data-[state=active]:text-ink data-[state=active]:font-semibold'

/** Panels of one page, one at a time. For views that belong in the URL use TabLinks. */
export function Tabs({ tabs, label, value, onValueChange }: { tabs: readonly Tab[]; label: string; value?: string; onValueChange?: (value: string) => void }) {
  return (
    <Radix.Root defaultValue={tabs[0]?.value} value={value} onValueChange={onValueChange}>
      <Radix.List aria-label={label} className="mb-4 flex gap-5 border-b border-line">
        {tabs.map((each) => (
          <Radix.Trigger key={each.value} value={each.value} className={tab}>
            {each.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((each) => (
        <Radix.Content key={each.value} value={each.value} className={cx('focus-visible:outline-offset-4')}>
          {each.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
