import { PageSkeleton } from '@/app/_ui/skeleton'

/** The shape of a page whose frame is not there yet. */
export default function Loading() {
  return (
    <div className="mx-auto max-w-[1400px] px-4 py-20 md:px-8">
      <PageSkeleton />
    </div>
  )
}
