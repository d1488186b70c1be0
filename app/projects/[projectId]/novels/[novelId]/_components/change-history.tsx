import { History } from 'lucide-react'
import { undoChange } from '@/app/projects/[projectId]/novels/[novelId]/actions'
import { changeWords } from '@/app/projects/[projectId]/novels/[novelId]/_change-words'
import { getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'
import { Dialog } from '@/app/_ui/dialog'
import { LocalTime } from '@/app/_ui/local-time'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { RevisionEntry } from '@/lib/stages/novels/revisions'

/** What was changed of a novel's chapters, newest first, each to be undone while nothing stands on it. */
export async function ChangeHistory({ projectId, revisions }: { projectId: string; revisions: readonly RevisionEntry[] }) {
  if (revisions.length === 0) return null
  const t = await getTranslator('reading')
  return (
    <Dialog
      title={t('history')}
      description={t('historyNote')}
      trigger={
        <Button small kind="quiet">
          <History size={14} aria-hidden />
          {t('changes', { count: revisions.filter(({ undoneAt }) => undoneAt === null).length })}
        </Button>
      }
    >
      <ol className="m-0 list-none p-0">
        {revisions.map((revision) => (
          <li key={revision.id} className="flex items-center justify-between gap-4 border-t border-line py-2">
            <span className={cx('min-w-0 [overflow-wrap:anywhere]', revision.undoneAt && 'text-muted line-through')}>
              {changeWords(t, revision)}
              <span className="block text-xs text-muted">
                <LocalTime at={revision.madeAt.toISOString()} />
              </span>
            </span>
            {revision.undoneAt ? (
              <span className="text-xs whitespace-nowrap text-muted">{t('wasUndone')}</span>
            ) : revision.last ? (
              <ActionForm action={undoChange} values={{ projectId, revisionId: revision.id }}>
                <SubmitButton small>{t('undo')}</SubmitButton>
              </ActionForm>
            ) : (
              <span className="text-xs whitespace-nowrap text-muted">{t('stoodOn')}</span>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
