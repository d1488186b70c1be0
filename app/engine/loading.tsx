import { StudioFrame } from '@/app/_frame/studio-frame'
import { PageSkeleton } from '@/app/_ui/skeleton'

export default function Loading() {
  return (
    <StudioFrame keepsProject>
      <PageSkeleton />
    </StudioFrame>
  )
}
