import { Undo2 } from 'lucide-react'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { SubmitButton } from '@/app/_ui/submit-button'
import { decideOnAll, undoLastDecision } from '@/app/projects/[projectId]/pairs/actions'
import { verdictSchema } from '@/lib/stages/pairs/filter'
import { decisionAct, lastDecision } from '@/lib/stages/pairs/decisions'
import type { PairSource } from '@/lib/stages/pairs/source'

/** One verdict for every pair that the filter finds, after their number was said; and the last decision taken back. */
export async function BulkBar({ projectId, source, query, total }: { projectId: string; source: PairSource; query: string; total: number }) {
  const [t, { number }, last] = await Promise.all([getTranslator('pairs'), getFormatter(), lastDecision(source)])
  const values = { projectId, kind: source.kind, sourceId: source.id }
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2">
      <span aria-live="polite" className="font-semibold">
        {t('found', { count: total })}
      </span>
      {total > 0 &&
        verdictSchema.options.toReversed().map((verdict) => (
          <ConfirmDialog
            key={verdict}
            small
            triggerKind="plain"
            trigger={t(`bulk.${verdict}`)}
            title={t(`bulkTitle.${verdict}`, { count: number(total) })}
            confirm={t(`bulkConfirm.${verdict}`)}
            action={decideOnAll}
            values={{ ...values, query, verdict, expected: total }}
          >
            <p className="m-0">{t('bulkWhat')}</p>
          </ConfirmDialog>
        ))}
      {last && (
        <ActionForm action={undoLastDecision} values={values} label={t('undo')} className="ml-auto">
          <SubmitButton small kind="quiet">
            <Undo2 size={14} aria-hidden />
            {t('undoOf', { act: t(`act.${decisionAct.catch('undecided').parse(last.act)}`), count: last.pairs })}
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  )
}
