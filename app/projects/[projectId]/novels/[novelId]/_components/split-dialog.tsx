'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { changeChapter } from '@/app/projects/[projectId]/novels/[novelId]/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { mayBeHeading } from '@/lib/text/bare-headings'
import { longestHeading } from '@/lib/text/split-chapter'

export type SplitPlace = { chapterId: number; at: number; line: string }

/** Asks how the chapter that begins here is headed: by its first line, which then leaves the text, or by words of one's own. */
export function SplitDialog({ projectId, place, onClose }: { projectId: string; place: SplitPlace | null; onClose: () => void }) {
  const t = useTranslations('reading')
  return (
    <Dialog open={place !== null} onOpenChange={(open) => !open && onClose()} title={t('splitTitle')} description={place ? `${place.line.slice(0, 80)}${place.line.length > 80 ? '…' : ''}` : undefined}>
      {place && <SplitForm key={`${place.chapterId}-${place.at}`} projectId={projectId} place={place} onClose={onClose} />}
    </Dialog>
  )
}

/** The line is offered as the heading only where it reads as one: a paragraph would be lost from the text. */
function SplitForm({ projectId, place, onClose }: { projectId: string; place: SplitPlace; onClose: () => void }) {
  const t = useTranslations('reading')
  const [byLine, setByLine] = useState(mayBeHeading(place.line))
  return (
    <ActionForm action={changeChapter} values={{ projectId, chapterId: place.chapterId, change: 'split', at: place.at }} onDone={onClose}>
      <label className="flex items-center gap-2">
        <input type="checkbox" name="line" value="yes" checked={byLine} disabled={place.line.trim().length > longestHeading} onChange={(event) => setByLine(event.target.checked)} />
        {t('splitLine')}
      </label>
      <Field name="heading" label={t('heading')} hint={t('splitHeadingHint')}>
        <TextInput maxLength={longestHeading} disabled={byLine} />
      </Field>
      <div className="flex justify-end">
        <SubmitButton kind="primary">{t('splitConfirm')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
