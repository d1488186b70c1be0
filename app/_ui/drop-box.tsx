'use client'

import { FileUp } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Button, type ButtonKind } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'
import { droppedFiles } from '@/app/_ui/dropped-files'

/** A place that takes files by a button or by dropping them, folders too; `children` say how those that it took fare. */
export function DropBox(props: {
  accept: string
  multiple?: boolean
  button: string
  hint: string
  buttonKind?: ButtonKind
  disabled?: boolean
  className?: string
  onFiles: (files: File[]) => void
  children?: ReactNode
}) {
  const { onFiles } = props
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)

  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFiles(event.dataTransfer).then(onFiles)
  }

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx('grid gap-4 rounded-base border border-dashed p-4', over ? 'border-azurite bg-wash' : 'border-edge', props.className)}
    >
      <input
        ref={input}
        type="file"
        hidden
        multiple={props.multiple}
        accept={props.accept}
        aria-label={props.button}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button kind={props.buttonKind ?? 'plain'} disabled={props.disabled} onClick={() => input.current?.click()}>
          <FileUp size={16} aria-hidden />
          {props.button}
        </Button>
        <span className="text-muted">{props.hint}</span>
      </div>
      {props.children}
    </div>
  )
}
