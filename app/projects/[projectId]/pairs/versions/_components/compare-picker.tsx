import Form from 'next/form'
import { getTranslator } from '@/app/_i18n/server'
import { buttonClass } from '@/app/_ui/button'

/** Two versions to put beside each other; the newest two to begin with. */
export async function ComparePicker({ href, versions, chosen = [] }: { href: string; versions: readonly { ordinal: number; label: string }[]; chosen?: readonly number[] }) {
  const t = await getTranslator('pairs')
  const of = (at: number) => chosen[at] ?? versions[at === 0 ? 1 : 0]?.ordinal
  return (
    <Form action={href} className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2" aria-label={t('compare')}>
      {(['a', 'b'] as const).map((name, at) => (
        <select key={name} name={name} defaultValue={of(at)} aria-label={at === 0 ? t('older') : t('newer')} className="h-8 max-w-full rounded-base border border-edge bg-raised px-2 text-sm text-ink">
          {versions.map((version) => (
            <option key={version.ordinal} value={version.ordinal}>
              {version.label}
            </option>
          ))}
        </select>
      ))}
      <button type="submit" className={buttonClass('plain', true)}>
        {t('compare')}
      </button>
    </Form>
  )
}
