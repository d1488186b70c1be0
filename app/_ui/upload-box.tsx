'use client'

import type { ButtonKind } from '@/app/_ui/button'
import { DropBox } from '@/app/_ui/drop-box'
import { UploadLines } from '@/app/_ui/upload-lines'
import { queueFiles, useUploadQueue } from '@/app/_ui/upload-queue'
import type { UploadKind } from '@/lib/generated/prisma/client'

const accepted: Record<UploadKind, string> = {
  novels: '.txt,.json,.jsonl,.ndjson,.zip,.gz,text/plain,application/json,application/zip,application/gzip',
  test: '.json,.jsonl,.ndjson,.zip,.gz,application/json,application/zip,application/gzip',
}

/** Takes files and sends them one after another; going to another page stops nothing. What was read of them shows on the page by itself. */
export function UploadBox(props: { projectId: string; kind: UploadKind; button: string; hint: string; buttonKind?: ButtonKind; multiple?: boolean }) {
  const { projectId, kind, ...box } = props
  const queue = useUploadQueue().filter((file) => file.projectId === projectId && file.kind === kind)
  return (
    <DropBox {...box} accept={accepted[kind]} onFiles={(files) => queueFiles(files, { projectId, kind })}>
      <UploadLines files={queue} />
    </DropBox>
  )
}
