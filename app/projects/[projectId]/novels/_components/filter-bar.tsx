import { hrefOf, isFiltered, type NovelQuery } from '@/app/projects/[projectId]/novels/_novel-query'
import { getTranslator } from '@/app/_i18n/server'
import { buttonClass, LinkButton } from '@/app/_ui/button'
import { registers } from '@/lib/settings/novels'
import { clutterKinds } from '@/lib/text/clutter'

const look = 'h-8 rounded-base border border-edge bg-raised px-2 text-sm text-ink placeholder:text-muted'

/** Which novels and chapters are shown and meant. An ordinary form: what is chosen is in the URL. */
export async function FilterBar({ projectId, query }: { projectId: string; query: NovelQuery }) {
  const [t, words, reading] = await Promise.all([getTranslator('library'), getTranslator('novels'), getTranslator('reading')])
  const { filter } = query
  const select = (name: 'register' | 'part' | 'role' | 'clutter', label: string, options: { value: string; label: string }[]) => (
    <select name={name} aria-label={label} defaultValue={filter[name] ?? ''} className={look}>
      <option value="">{t('anyOf', { what: label })}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
  return (
    <form key={JSON.stringify(filter)} method="get" action={`/projects/${projectId}/novels`} role="search" aria-label={t('filter')} className="mb-3 flex flex-wrap items-center gap-2">
      <input type="text" name="title" defaultValue={filter.title} placeholder={t('titleHas')} aria-label={t('titleHas')} maxLength={200} className={`${look} w-36`} />
      {select('register', words('registers'), registers.map((value) => ({ value, label: words(`register.${value}`) })))}
      {select('part', words('taking'), (['in', 'out'] as const).map((value) => ({ value, label: t(`parts.${value}`) })))}
      {select('role', words('role'), (['drawn', 'training', 'validation'] as const).map((value) => ({ value, label: words(`roles.${value}`) })))}
      {select('clutter', t('clutter'), [{ value: 'any', label: t('anyClutter') }, ...clutterKinds.map((value) => ({ value, label: reading(`clutter.${value}`) }))])}
      <span className="flex items-center gap-1.5 text-sm text-muted">
        <input type="number" name="minimum" min={0} defaultValue={filter.minimum} placeholder={t('from')} aria-label={t('chapterFrom')} className={`${look} w-22`} />
        –
        <input type="number" name="maximum" min={0} defaultValue={filter.maximum} placeholder={t('to')} aria-label={t('chapterTo')} className={`${look} w-22`} />
        {t('perChapter')}
      </span>
      {query.sort !== 'file' && <input type="hidden" name="sort" value={query.sort} />}
      {query.down && <input type="hidden" name="down" value="1" />}
      <button type="submit" className={buttonClass('plain', true)}>
        {t('apply')}
      </button>
      {isFiltered(query) && (
        <LinkButton small kind="quiet" href={hrefOf(projectId, { ...query, filter: {} })}>
          {t('clear')}
        </LinkButton>
      )}
    </form>
  )
}
