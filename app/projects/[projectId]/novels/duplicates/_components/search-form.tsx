import { findDuplicates } from '@/app/projects/[projectId]/novels/duplicates/actions'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Field } from '@/app/_ui/field'
import { Select } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { usualDuplicateSettings } from '@/lib/settings/duplicates'

const choices = [0.5, 0.6, 0.7, 0.8, 0.9, 1]

type Props = { projectId: string; isFirst: boolean; isWanted: boolean; likeness: number | undefined; sets: readonly { id: string; ordinal: number; name: string | null }[] }

/** From which likeness on, and which passages: then the comparison is queued. */
export async function SearchForm({ projectId, isFirst, isWanted, likeness = usualDuplicateSettings.likeness, sets }: Props) {
  const [t, { number }] = await Promise.all([getTranslator('duplicates'), getFormatter()])
  const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <ActionForm action={findDuplicates} values={{ projectId }} label={t('find')} className="mb-5 items-start sm:grid-cols-[220px_220px_auto] sm:justify-start">
      <Field name="likeness" label={t('likeness')} hint={t('likenessHint')}>
        <Select defaultValue={choices.includes(likeness) ? likeness : usualDuplicateSettings.likeness}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice === 1 ? t('onlyExact') : `≥ ${percent(choice)}`}
            </option>
          ))}
        </Select>
      </Field>
      <Field name="passageSetId" label={t('passageSet')}>
        <Select disabled={sets.length === 0}>
          {sets.length === 0 && <option value="">{t('noSet')}</option>}
          {sets.map(({ id, ordinal, name }) => (
            <option key={id} value={id}>
              {name ?? t('set', { ordinal })}
            </option>
          ))}
        </Select>
      </Field>
      <div className="sm:pt-[25px]">
        <SubmitButton kind={isWanted ? 'primary' : 'plain'}>{isFirst ? t('find') : t('again')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
