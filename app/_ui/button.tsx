import { Link } from '@/app/_ui/link'
import type { ComponentProps } from 'react'
import { cx } from '@/app/_ui/cx'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

const kinds: Record<ButtonKind, string> = {
  // Cinnabar: the one primary action of a page.
  primary: 'border-seal bg-seal text-on-seal hover:bg-seal-deep hover:border-seal-deep',
  plain: 'border-line bg-raised text-ink hover:bg-wash',
  quiet: 'border-transparent text-muted hover:bg-wash hover:text-ink',
  danger: 'border-line bg-raised text-seal hover:border-seal',
}

export function buttonClass(kind: ButtonKind = 'plain', small = false): string {
  return cx(
    'inline-flex items-center justify-center gap-2 rounded-base border whitespace-nowrap no-underline transition-colors',
    'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55',
    small ? 'min-h-7 px-2.5 text-sm' : 'min-h-9 px-3.5',
    kinds[kind],
  )
}

type Look = { kind?: ButtonKind; small?: boolean }

export function Button({ kind, small, className, type = 'button', ...rest }: Look & ComponentProps<'button'>) {
  return <button type={type} className={cx(buttonClass(kind, small), className)} {...rest} />
}

/** A link that looks like a button: to another page of the studio. */
export function LinkButton({ kind, small, className, ...rest }: Look & ComponentProps<typeof Link>) {
  return <Link className={cx(buttonClass(kind, small), className)} {...rest} />
}

/** A link that looks like a button: to a file that the browser saves. */
export function DownloadButton({ kind, small, className, ...rest }: Look & ComponentProps<'a'>) {
  return <a download className={cx(buttonClass(kind, small), className)} {...rest} />
}
