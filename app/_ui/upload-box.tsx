'use client'

import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { Button, type ButtonKind } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'
import { droppedFiles } from '@/app/_ui/dropped-files'
import { UploadLines } from '@/app/_ui/upload-lines'
import { queueFiles, useUploadQueue } from '@/app/_ui/upload-queue'
import type { UploadKind } from '@/lib/generated/prisma/client'

const accepted: Record<UploadKind, string> = {
  novels: '.txt,.json,.jsonl,.ndjson,.zip,.gz,text/plain,application/json,application/zip,application/gzip',
  test: '.json,.jsonl,.ndjson,.zip,.gz,application/json,application/zip,application/gzip',
}

/**
 * Takes files by a button or by dropping them (folders too) and sends them one after another; going to another page
 * stops nothing. What was read of them shows on the page by itself.
 */
export function UploadBox(props: { projectId: string; kind: UploadKind; button: string; hint: string; buttonKind?: ButtonKind; multiple?: boolean }) {
  const { projectId, kind } = props
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const queue = useUploadQueue().filter((file) => file.projectId === projectId && file.kind === kind)

  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFiles(event.dataTransfer).then((files) => queueFiles(files, { projectId, kind }))
  }

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx('grid gap-4 rounded-base border border-dashed p-4', over ? 'border-azurite bg-wash' : 'border-edge')}
    >
      <input
        ref={input}
        type="file"
        hidden
        multiple={props.multiple}
        accept={accepted[kind]}
        aria-label={props.button}
        onChange={(event) => {
          queueFiles([...(event.target.files ?? [])], { projectId, kind })
          event.target.value = ''
        }}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button kind={props.buttonKind ?? 'plain'} onClick={() => input.current?.click()}>
          <FileUp size={16} aria-hidden />
          {props.button}
        </Button>
        <span className="text-muted">{props.hint}</span>
      </div>
      <UploadLines files={queue} />
    </div>
  )
}
