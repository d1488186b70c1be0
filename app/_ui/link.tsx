import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/**
 * A link to another page, fetched when it is followed. Pages here change as work goes on, and every
 * redraw would otherwise fetch all of its links ahead once more, on the machine that does the work.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />
}
