import { type ReactNode, useId } from 'react'
import { cx } from '@/app/_ui/cx'

/** A raised sheet with a heading; `aside` stands at the right of the heading. */
export function Panel(props: { title?: ReactNode; aside?: ReactNode; className?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={props.title ? id : undefined} className={cx('rounded-base border border-line bg-raised p-4', props.className)}>
      {(props.title || props.aside) && (
        <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
          {props.title && (
            <h2 id={id} className="m-0 flex-1 text-base font-semibold">
              {props.title}
            </h2>
          )}
          {props.aside}
        </div>
      )}
      {props.children}
    </section>
  )
}
