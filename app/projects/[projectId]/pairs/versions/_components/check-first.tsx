'use client'

import { useTransition } from 'react'
import { useTranslations } from 'use-intl/react'
import { startCheck } from '@/app/projects/[projectId]/pairs/actions'
import { idle } from '@/app/_guard/action-state'
import { Button } from '@/app/_ui/button'
import { useToast } from '@/app/_ui/toast'
import type { CheckState } from '@/lib/stages/pairs/check-state'

type Checked = { name: string; label: string; check: CheckState }

/** Which of the sources were not checked as they stand, so that their figures are from before it, and the button that checks them. */
export function CheckFirst({ projectId, sources }: { projectId: string; sources: readonly Checked[] }) {
  const t = useTranslations('pairs')
  const toast = useToast()
  const [isStarting, start] = useTransition()
  const unsure = sources.flatMap((source) => (source.check === 'current' ? [] : [{ ...source, check: source.check }]))
  const idleOnes = unsure.filter(({ check }) => check !== 'checking')
  if (unsure.length === 0) return null
  const checkAll = () =>
    start(async () => {
      for (const { name } of idleOnes) {
        const [kind = '', sourceId = ''] = name.split(':')
        const form = new FormData()
        for (const [field, value] of Object.entries({ projectId, kind, sourceId })) form.set(field, value)
        const after = await startCheck(idle, form)
        if (after.status === 'failed') toast(after.error, { bad: true })
      }
    })
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <ul className="m-0 grid list-none gap-1 p-0 text-gamboge-text">
        {unsure.map(({ name, label, check }) => (
          <li key={name}>{t(`uncheckedSource.${check}`, { name: label })}</li>
        ))}
      </ul>
      {idleOnes.length > 0 && (
        <Button small disabled={isStarting} onClick={checkAll}>
          {t('checkFirst')}
        </Button>
      )}
    </div>
  )
}
