import { type ComponentProps, type ReactNode, useId } from 'react'

/** One yes or no, with its label to the right of it and a hint below. */
export function Checkbox({ label, hint, ...rest }: ComponentProps<'input'> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId()
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-2">
      <input {...rest} type="checkbox" id={id} className="mt-0.5 size-[18px]" aria-describedby={hint ? `${id}-hint` : undefined} />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="col-start-2 m-0 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}
