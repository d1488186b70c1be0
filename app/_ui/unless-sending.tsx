'use client'

import type { ReactNode } from 'react'
import { useUploadQueue } from '@/app/_ui/upload-queue'

/** Shows what it holds unless this very page sends that upload now, and says so elsewhere. */
export function UnlessSending({ uploadId, children }: { uploadId: string; children: ReactNode }) {
  const queue = useUploadQueue()
  return queue.some((file) => file.uploadId === uploadId) ? null : children
}
