import { Check, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '@/app/_ui/cx'

export type TagKind = 'plain' | 'ok' | 'warn' | 'bad'

const looks = {
  plain: { shape: null, colour: 'text-muted border-edge' },
  ok: { shape: Check, colour: 'text-malachite-text border-current' },
  warn: { shape: TriangleAlert, colour: 'text-gamboge-text border-current' },
  bad: { shape: X, colour: 'text-seal border-current' },
} as const

/** A word in a small frame; its kind shows in a shape as well as in a colour. */
export function Tag({ kind = 'plain', children }: { kind?: TagKind; children: ReactNode }) {
  const { shape: Shape, colour } = looks[kind]
  return (
    <span className={cx('inline-flex items-center gap-1 rounded-pill border px-2 text-xs whitespace-nowrap', colour)}>
      {Shape && <Shape size={11} strokeWidth={2.5} aria-hidden />}
      {children}
    </span>
  )
}
