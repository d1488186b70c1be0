'use client'

import { useLocale, useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { byteSize } from '@/app/_ui/byte-size'
import { Bar } from '@/app/_ui/progress-bar'
import { Tag } from '@/app/_ui/tag'
import { cancelFile, pauseFile, type QueuedFile, resumeFile } from '@/app/_ui/upload-queue'
import { clock } from '@/lib/clock'

/** The files on their way: each with how far it is, how fast, how long it will take, and what can be done with it. */
export function UploadLines({ files }: { files: readonly QueuedFile[] }) {
  const t = useTranslations('ui')
  if (files.length === 0) return null
  return (
    <ul aria-label={t('upload.queue')} className="m-0 grid list-none gap-3 p-0">
      {files.map((file) => (
        <li key={file.key} className="grid gap-1.5">
          <UploadLine queued={file} />
        </li>
      ))}
    </ul>
  )
}

function UploadLine({ queued }: { queued: QueuedFile }) {
  const t = useTranslations('ui')
  const locale = useLocale()
  const { key, file, state, sent, speed } = queued
  const name = file.name
  const left = state === 'sending' && speed > 0 ? ((file.size - sent) / speed) * 1000 : null
  const isMoving = state === 'sending' || state === 'lost' || state === 'waiting'
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="font-semibold [overflow-wrap:anywhere]">{name}</span>
        {state !== 'known' && (
          <span className="tabular-nums">
            {byteSize(sent, locale)} / {byteSize(file.size, locale)}
          </span>
        )}
        {state === 'sending' && speed > 0 && <span className="text-muted tabular-nums">{t('upload.speed', { speed: byteSize(speed, locale) })}</span>}
        {left !== null && <span className="text-muted tabular-nums">{t('left', { time: clock(left) })}</span>}
        {state === 'waiting' && <Tag>{t('upload.waiting')}</Tag>}
        {state === 'paused' && <Tag>{t('upload.paused')}</Tag>}
        {state === 'lost' && <Tag kind="warn">{t('upload.lost')}</Tag>}
        <span className="ml-auto flex gap-2">
          {isMoving && (
            <Button small kind="quiet" aria-label={t('upload.pauseOf', { name })} onClick={() => pauseFile(key)}>
              {t('upload.pause')}
            </Button>
          )}
          {(state === 'paused' || state === 'failed') && (
            <Button small aria-label={t('upload.resumeOf', { name })} onClick={() => resumeFile(key)}>
              {t('upload.resume')}
            </Button>
          )}
          <Button small kind="quiet" aria-label={state === 'known' ? t('upload.dismissOf', { name }) : t('upload.cancelOf', { name })} onClick={() => cancelFile(key)}>
            {state === 'known' ? t('close') : t('cancel')}
          </Button>
        </span>
      </div>
      {state !== 'known' && <Bar label={t('upload.sending', { name })} share={file.size > 0 ? sent / file.size : 0} />}
      <UploadWord queued={queued} />
    </>
  )
}

function UploadWord({ queued: { state, failure, file } }: { queued: QueuedFile }) {
  const t = useTranslations('ui')
  if (state === 'known') return <p role="status" className="m-0 text-muted">{t('upload.known')}</p>
  if (!failure) return null
  const sentence = failure.sentence || (failure.reason === 'changed' ? t('upload.changed', { name: file.name }) : t('upload.broken', { name: file.name }))
  return (
    <p role="alert" className="m-0 text-seal">
      {sentence}
    </p>
  )
}
