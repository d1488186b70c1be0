'use client'

import { PageFailure, type PageFailureProps } from '@/app/_ui/page-failure'

/** In place of a page whose frame could not be drawn either. */
export default function WholeFailure(props: PageFailureProps) {
  return (
    <main className="mx-auto max-w-[720px] p-6">
      <PageFailure {...props} />
    </main>
  )
}
