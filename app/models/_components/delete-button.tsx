import { getLocale, getTranslator } from '@/app/_i18n/server'
import type { FormAction } from '@/app/_guard/action-state'
import { byteSize } from '@/app/_ui/byte-size'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import type { Deletion } from '@/lib/stages/models/deletion'

/** Delete, after naming what goes, what can no longer be done and what stays; said why not while something needs it. */
export async function DeleteButton(props: { id: string; deletion: Deletion; action: FormAction; keepsRun?: boolean; isStarter?: boolean; isMerged?: boolean }) {
  const { deletion } = props
  const [t, locale] = await Promise.all([getTranslator('models'), getLocale()])
  const { adapters, merged, runs, busy } = deletion
  const list = new Intl.ListFormat(locale)
  const kept = [
    merged.length > 0 ? t('keepMerged', { names: list.format(merged) }) : '',
    runs.training + runs.stories + runs.premises > 0 ? t('keepRuns', runs) : '',
    props.keepsRun ? t('keepRun') : '',
  ].filter(Boolean)
  const name = { name: deletion.name }
  return (
    <ConfirmDialog
      small
      trigger={t('delete')}
      triggerLabel={t('deleteOf', name)}
      title={t('deleteOf', name)}
      refusal={busy.length > 0 ? t('inUse', { jobs: list.format(busy) }) : undefined}
      removes={[t('deleteFiles', { ...name, size: byteSize(deletion.bytes, locale) }), ...(adapters.length > 0 ? [t('deleteAdapters', { count: adapters.length, names: list.format(adapters) })] : [])]}
      confirm={t('delete')}
      action={props.action}
      values={{ id: props.id }}
    >
      <p className="mt-0 mb-2">{props.isStarter ? t('deleteStarter') : props.isMerged ? t('deleteAgain') : t('deleteFinal')}</p>
      {kept.length > 0 && <p className="mt-0 mb-2">{t('deleteKeeps', { what: list.format(kept) })}</p>}
    </ConfirmDialog>
  )
}
