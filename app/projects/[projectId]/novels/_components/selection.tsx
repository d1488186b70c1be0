'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'

type Selection = { chosen: ReadonlySet<number>; set: (ids: readonly number[], on: boolean) => void; clear: () => void }

const SelectionContext = createContext<Selection>({ chosen: new Set(), set: () => {}, clear: () => {} })

export function useSelection(): Selection {
  return useContext(SelectionContext)
}

/** The novels that are ticked in the table inside it. */
export function SelectionProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const selection = useMemo<Selection>(
    () => ({
      chosen,
      set: (ids, on) =>
        setChosen((before) => {
          const after = new Set(before)
          for (const id of ids) if (on) after.add(id)
          else after.delete(id)
          return after
        }),
      clear: () => setChosen(new Set()),
    }),
    [chosen],
  )
  return <SelectionContext value={selection}>{children}</SelectionContext>
}

/** Ticks one novel, or all of a page's. */
export function Tick({ ids, label }: { ids: readonly number[]; label: string }) {
  const { chosen, set } = useSelection()
  const all = ids.length > 0 && ids.every((id) => chosen.has(id))
  const some = ids.some((id) => chosen.has(id))
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={all}
      ref={(box) => {
        if (box) box.indeterminate = some && !all
      }}
      onChange={(event) => set(ids, event.target.checked)}
      className="size-[18px] align-middle"
    />
  )
}
