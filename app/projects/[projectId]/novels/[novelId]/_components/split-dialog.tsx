'use client'

import { useTranslations } from 'use-intl/react'
import { changeChapter } from '@/app/projects/[projectId]/novels/[novelId]/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'

export type SplitPlace = { chapterId: number; at: number; line: string }

const longestLine = 60

/** Asks how the chapter that begins here is headed: by its first line, which then leaves the text, or by words of one's own. */
export function SplitDialog({ projectId, place, onClose }: { projectId: string; place: SplitPlace | null; onClose: () => void }) {
  const t = useTranslations('reading')
  const short = place !== null && place.line.length <= longestLine
  return (
    <Dialog open={place !== null} onOpenChange={(open) => !open && onClose()} title={t('splitTitle')} description={place ? `${place.line.slice(0, 80)}${place.line.length > 80 ? '…' : ''}` : undefined}>
      {place && (
        <ActionForm action={changeChapter} values={{ projectId, chapterId: place.chapterId, change: 'split', at: place.at }} onDone={onClose}>
          <label className="flex items-center gap-2">
            <input type="checkbox" name="line" value="yes" defaultChecked={short} disabled={!short} />
            {t('splitLine')}
          </label>
          <Field name="heading" label={t('heading')} hint={t('splitHeadingHint')}>
            <TextInput maxLength={200} />
          </Field>
          <div className="flex justify-end">
            <SubmitButton kind="primary">{t('splitConfirm')}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  )
}
