import { cx } from '@/app/_ui/cx'

/** A line of what is still being read. */
export function SkeletonBar({ className }: { className?: string }) {
  return <div className={cx('h-4 rounded-base bg-wash', className)} />
}
