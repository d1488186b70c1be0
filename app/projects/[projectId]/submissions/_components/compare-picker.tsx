'use client'

import { Columns2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { Checkbox } from '@/app/_ui/checkbox'
import { Panel } from '@/app/_ui/panel'

export type Comparable = { id: string; ordinal: number; writer: string; testFileId: string }

const most = 4

/** Chooses two to four submissions of one test file; those that cannot be put beside the chosen ones cannot be chosen. */
export function ComparePicker({ projectId, submissions }: { projectId: string; submissions: readonly Comparable[] }) {
  const t = useTranslations('submissions')
  const router = useRouter()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const testFileId = submissions.find((submission) => submission.id === chosen[0])?.testFileId
  const toggle = (id: string, on: boolean) => setChosen((all) => (on ? [...all, id] : all.filter((each) => each !== id)))
  const open = () => {
    const query = new URLSearchParams(submissions.filter((each) => chosen.includes(each.id)).map((each) => ['ids', each.id]))
    router.push(`/projects/${projectId}/submissions/compare?${query}`)
  }
  return (
    <Panel title={t('compare')} aside={<span className="text-sm text-muted">{t('compareHint')}</span>} className="mb-8">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        {submissions.map((submission) => {
          const isChosen = chosen.includes(submission.id)
          const fits = testFileId === undefined || submission.testFileId === testFileId
          return (
            <Checkbox
              key={submission.id}
              label={`${t('submission', { ordinal: submission.ordinal })} · ${submission.writer}`}
              checked={isChosen}
              disabled={!isChosen && (!fits || chosen.length >= most)}
              onChange={(event) => toggle(submission.id, event.target.checked)}
            />
          )
        })}
        <Button className="ml-auto" disabled={chosen.length < 2} onClick={open}>
          <Columns2 size={16} aria-hidden />
          {t('compare')}
        </Button>
      </div>
    </Panel>
  )
}
