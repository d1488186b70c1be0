import '@fontsource-variable/noto-serif-sc'
import type { CSSProperties, ReactNode } from 'react'
import { cx } from '@/app/_ui/cx'

/** Text set for reading. A `text` is drawn line by line as paragraphs; children are drawn as they are. */
export function Prose({ text, className, style, children }: { text?: string; className?: string; style?: CSSProperties; children?: ReactNode }) {
  return (
    <div lang="zh-CN" className={cx('prose', className)} style={style}>
      {text?.split('\n').map((line, at) => line.trim() !== '' && <p key={at}>{line.trim()}</p>)}
      {children}
    </div>
  )
}
