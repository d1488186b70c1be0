import '@fontsource-variable/noto-serif-sc'
import type { ReactNode } from 'react'
import { cx } from '@/app/_ui/cx'

/** Text set for reading. A `text` is drawn line by line as paragraphs; children are drawn as they are. */
export function Prose({ text, className, children }: { text?: string; className?: string; children?: ReactNode }) {
  return (
    <div lang="zh-CN" className={cx('prose', className)}>
      {text?.split('\n').map((line, at) => line.trim() !== '' && <p key={at}>{line.trim()}</p>)}
      {children}
    </div>
  )
}
