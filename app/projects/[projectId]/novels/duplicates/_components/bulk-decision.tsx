import { decideOnAll, undoLast } from '@/app/projects/[projectId]/novels/duplicates/actions'
import { getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { DuplicateLevel } from '@/lib/generated/prisma/client'

type Props = { projectId: string; searchId: string; level: DuplicateLevel; undecided: number; decided: number }

const what = { novel: 'bulkNovel', chapter: 'bulkChapter', passage: 'bulkPassage' } as const

/** One word for all groups of a level, with their count first, and the way back. */
export async function BulkDecision({ projectId, searchId, level, undecided, decided }: Props) {
  const t = await getTranslator('duplicates')
  const values = { projectId, searchId, level }
  return (
    <div className="flex flex-wrap items-center gap-2">
      {undecided > 0 &&
        (['first', 'longest'] as const).map((keeper) => (
          <ConfirmDialog
            key={keeper}
            small
            triggerKind="plain"
            trigger={t(keeper === 'first' ? 'bulkFirst' : 'bulkLongest')}
            title={t('bulkSure', { count: undecided, keeper: t(`keeper.${keeper}`) })}
            confirm={t(keeper === 'first' ? 'bulkFirst' : 'bulkLongest')}
            action={decideOnAll}
            values={{ ...values, keeper }}
          >
            <p className="m-0">{t(what[level])}</p>
          </ConfirmDialog>
        ))}
      {decided > 0 && (
        <ActionForm action={undoLast} values={values} label={t('undoLast')}>
          <SubmitButton small kind="quiet">
            {t('undoLast')}
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  )
}
